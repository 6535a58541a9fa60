using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Link
{
    /// <summary>
    /// Asks the controller where a node stood that does not know: one that is new, or whose storage lost both generations of its
    /// counters or of its journal; or one that nobody answers any more, because a thief of its secret spoke with higher counters,
    /// or its storage is a copy of an older one. The answer is bound to bytes that were never used before, so that no answer from
    /// another day, which would let old commands in again, fits.
    /// </summary>
    public sealed class LostCounters
    {
        /// <summary>Looks at clock and sensors: their last digits are noise.</summary>
        private const int Looks = 16;

        private const int FirstPause = 2000;
        private const int LongestPause = 60000;

        private readonly NodeHardware _hardware;
        private readonly NodeClock _clock;
        private readonly Uplink _uplink;
        private readonly Counters _counters;
        private readonly PlayJournal _journal;
        private readonly ClockSync _sync;
        private readonly byte[] _storeKey;
        private readonly Backoff _pause;
        private byte[] _nonce;
        private long _due;

        public LostCounters(
            NodeHardware hardware, NodeClock clock, Uplink uplink, Counters counters, PlayJournal journal,
            ClockSync sync, byte[] storeKey)
        {
            _hardware = hardware;
            _clock = clock;
            _uplink = uplink;
            _counters = counters;
            _journal = journal;
            _sync = sync;
            _storeKey = storeKey;
            _pause = new Backoff(FirstPause, LongestPause, hardware.Jitter);
        }

        /// <summary>Whether the controller must say where this node stood.</summary>
        private bool IsNeeded
        {
            get { return _counters.IsLost || _journal.IsLost || _sync.IsIgnored; }
        }

        /// <summary>The counters moved since the node greeted: what it said before was not heard.</summary>
        public bool HasMoved { get; private set; }

        public void Connected()
        {
            HasMoved = false;
            _nonce = null;
            _pause.Succeeded();
            _due = _clock.Local;
        }

        /// <summary>The node greets anew.</summary>
        public void Greeted()
        {
            HasMoved = false;
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            if (!IsNeeded)
            {
                return Wait.Longest;
            }

            long now = _clock.Local;
            if (now >= _due)
            {
                _nonce = _nonce == null ? Unused() : _nonce;
                ResumeRequest request = new ResumeRequest();
                request.Nonce = _nonce;
                _uplink.Send(UpType.ResumeRequest, request.Write());
                _due = now + (_pause.Next() * 1000L);
            }

            return Wait.Until(_due, now);
        }

        /// <summary>Takes an answer; false when it is not to what was asked last, or nothing was.</summary>
        public bool Answered(ResumeReply reply)
        {
            if (_nonce == null || !Mac.Matches(_nonce, reply.Nonce, 0))
            {
                return false;
            }

            _nonce = null;
            HasMoved |= _counters.Resume(reply.UpCounter, reply.CommandCounter);
            _journal.Resume(reply.Receipt);
            return true;
        }

        /// <summary>
        /// The device has no generator of secure random numbers, but these bytes need not be secret, only new: they are drawn
        /// from the clock, the noise of the converters and the node's own key.
        /// </summary>
        private byte[] Unused()
        {
            WireWriter writer = new WireWriter(Looks * 28);
            for (int i = 0; i < Looks; i++)
            {
                writer.I64(_clock.Local);
                writer.I64(_hardware.Sensors.Supply);
                writer.I64(_hardware.Sensors.Temperature);
                writer.U32(_hardware.Jitter.Next(int.MaxValue));
            }

            return Mac.Compute(_storeKey, writer.ToArray(), writer.Length, ResumeRequest.NonceLength);
        }
    }
}
