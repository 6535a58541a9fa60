using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Clock
{
    /// <summary>
    /// The controller's time as the node knows it: its own clock, plus the estimated offset, at the estimated pace.
    /// </summary>
    public sealed class NodeClock
    {
        /// <summary>1 January 2025: a real-time clock that says less has lost its time.</summary>
        public const long Earliest = 1735689600000L;

        private const long Slack = 5 * 60 * 1000;

        /// <summary>The drift is stored when it was watched for so many µs, and then once in as many.</summary>
        private const long KeepDriftEvery = 3600000000L;

        /// <summary>
        /// Without a link the real-time clock is set from the estimate once in so many µs, for the next power-on.
        /// </summary>
        private const long KeepTimeEvery = 600000000L;

        private readonly ILocalClock _local;
        private readonly TwoSlotFile _file;
        private readonly OffsetFilter _filter;
        private readonly long _poweredOn;
        private long _driftKept;
        private long _timeKept;

        /// <param name="local">The node's own clock.</param>
        /// <param name="floor">Unix milliseconds: a start value below it is not believed.</param>
        /// <param name="file">Where the drift of this node's crystal is kept.</param>
        public NodeClock(ILocalClock local, long floor, TwoSlotFile file)
        {
            _local = local;
            _file = file;
            _poweredOn = local.Microseconds;
            _timeKept = _poweredOn;
            _filter = new OffsetFilter(StoredDrift(file), _poweredOn);
            long atLeast = floor - Slack > Earliest ? floor - Slack : Earliest;
            IsSet = _poweredOn / 1000 >= atLeast;
        }

        /// <summary>Whether instants mean anything yet.</summary>
        public bool IsSet { get; private set; }

        /// <summary>The node's own clock in µs; it never steps.</summary>
        public long Local
        {
            get { return _local.Microseconds; }
        }

        /// <summary>Unix milliseconds.</summary>
        public long Now
        {
            get { return ToUnix(_local.Microseconds); }
        }

        /// <summary>What the node adds to its own clock to get the controller's, in ms.</summary>
        public long Offset
        {
            get { return _filter.OffsetAt(_local.Microseconds) / 1000; }
        }

        /// <summary>How much faster the controller's clock runs than the node's, in parts per billion.</summary>
        public long Drift
        {
            get { return _filter.Drift; }
        }

        /// <summary>How wrong it can be at most, in µs; <see cref="long.MaxValue"/> before the first exchange.</summary>
        public long Uncertainty
        {
            get { return _filter.Uncertainty; }
        }

        /// <summary>Seconds since power-on.</summary>
        public long Uptime
        {
            get { return (_local.Microseconds - _poweredOn) / 1000000; }
        }

        /// <summary>
        /// The local µs of an instant in Unix milliseconds; <see cref="long.MaxValue"/>, never, stays what it is.
        /// </summary>
        public long ToLocal(long unixMilliseconds)
        {
            if (unixMilliseconds == long.MaxValue)
            {
                return long.MaxValue;
            }

            // The offset is that of the local instant sought; each round brings it nearer by the drift, a ten-thousandth.
            long unix = unixMilliseconds * 1000;
            long local = unix - _filter.OffsetAt(_local.Microseconds);
            local = unix - _filter.OffsetAt(local);
            return unix - _filter.OffsetAt(local);
        }

        /// <summary>The Unix milliseconds of a local µs.</summary>
        public long ToUnix(long local)
        {
            return (local + _filter.OffsetAt(local)) / 1000;
        }

        /// <summary>Takes a finished exchange: our two instants in local µs, the controller's in Unix milliseconds.</summary>
        public void Learn(long sent, long controllerReceived, long controllerSent, long received)
        {
            // The controller cuts to whole milliseconds: half of one is what that loses on average.
            _filter.Add(sent, (controllerReceived * 1000) + 500, (controllerSent * 1000) + 500, received);
            IsSet = true;
            KeepTime(received);
            if (_filter.Watched >= KeepDriftEvery && received - _driftKept >= KeepDriftEvery)
            {
                _driftKept = received;
                KeepDrift();
            }
        }

        /// <summary>Called now and then: keeps the real-time clock right through hours without a link.</summary>
        public void Poll()
        {
            long now = _local.Microseconds;
            if (IsSet && now - _timeKept >= KeepTimeEvery)
            {
                KeepTime(now);
            }
        }

        private static long StoredDrift(TwoSlotFile file)
        {
            byte[] stored = file.Read();
            if (stored == null)
            {
                return 0;
            }

            WireReader reader = new WireReader(stored);
            long drift = reader.I64();
            return reader.Complete && drift >= -OffsetFilter.MaxDrift && drift <= OffsetFilter.MaxDrift ? drift : 0;
        }

        private void KeepTime(long now)
        {
            _timeKept = now;
            _local.Keep(ToUnix(now));
        }

        private void KeepDrift()
        {
            WireWriter writer = new WireWriter(8);
            writer.I64(_filter.Drift);

            // A storage that fails costs only a slower start after the next power cut.
            _file.Write(writer.ToArray());
        }
    }
}
