using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Objects
{
    /// <summary>
    /// When to ask for missing chunks: not while chunks arrive anyway, spread at random so that a thousand nodes that lost the
    /// same chunk do not ask at once, and ever less often while nobody answers.
    /// </summary>
    public sealed class ChunkAsking
    {
        /// <summary>A broadcast this near (µs) makes the first question urgent.</summary>
        private const long Urgent = 60000000;

        private const int UrgentSpread = 300000;
        private const int RelaxedSpread = 5000000;
        private const long Quiet = 2000000;
        private const long LongestBackOff = 60000000;

        private readonly IJitter _jitter;
        private long _askAt;
        private long _backOff;

        public ChunkAsking(IJitter jitter)
        {
            _jitter = jitter;
        }

        /// <summary>Starts over, as after a reconnect.</summary>
        public void Begin(long now, long neededAt)
        {
            _backOff = Quiet;
            _askAt = now + _jitter.Next(neededAt - now < Urgent ? UrgentSpread : RelaxedSpread);
        }

        public void Arrived(long now)
        {
            _backOff = Quiet;
            _askAt = now + Spread(Quiet);
        }

        /// <summary>True when it is time to ask; the next time is then later.</summary>
        public bool IsDue(long now)
        {
            if (now < _askAt)
            {
                return false;
            }

            _askAt = now + Spread(_backOff);
            _backOff = _backOff * 2 > LongestBackOff ? LongestBackOff : _backOff * 2;
            return true;
        }

        /// <summary>Milliseconds until it may be due.</summary>
        public int Pause(long now)
        {
            return Wait.Until(_askAt, now);
        }

        private long Spread(long interval)
        {
            return interval + _jitter.Next((int)interval / 2);
        }
    }
}
