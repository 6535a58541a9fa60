namespace SmartRadio.Node
{
    /// <summary>The controller's time as the node knows it: its own clock plus the estimated offset.</summary>
    public sealed class NodeClock
    {
        /// <summary>1 January 2025: a real-time clock that says less has lost its time.</summary>
        public const long Earliest = 1735689600000L;

        private const long Slack = 5 * 60 * 1000;

        private readonly ILocalClock _local;
        private readonly OffsetFilter _filter = new OffsetFilter();
        private readonly long _poweredOn;

        /// <param name="local">The node's own clock.</param>
        /// <param name="floor">Unix milliseconds: a start value below it is not believed.</param>
        public NodeClock(ILocalClock local, long floor)
        {
            _local = local;
            _poweredOn = local.Microseconds;
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
            get { return _filter.Offset / 1000; }
        }

        /// <summary>Seconds since power-on.</summary>
        public long Uptime
        {
            get { return (_local.Microseconds - _poweredOn) / 1000000; }
        }

        /// <summary>The local µs of an instant in Unix milliseconds; <see cref="long.MaxValue"/>, never, stays what it is.</summary>
        public long ToLocal(long unixMilliseconds)
        {
            return unixMilliseconds == long.MaxValue ? long.MaxValue : (unixMilliseconds * 1000) - _filter.Offset;
        }

        /// <summary>The Unix milliseconds of a local µs.</summary>
        public long ToUnix(long local)
        {
            return (local + _filter.Offset) / 1000;
        }

        /// <summary>Takes a finished exchange: our two instants in local µs, the controller's in Unix milliseconds.</summary>
        public void Learn(long sent, long controllerReceived, long controllerSent, long received)
        {
            // The controller cuts to whole milliseconds: half of one is what that loses on average.
            _filter.Add(sent, (controllerReceived * 1000) + 500, (controllerSent * 1000) + 500, received);
            IsSet = true;
            _local.Keep(ToUnix(received));
        }
    }
}
