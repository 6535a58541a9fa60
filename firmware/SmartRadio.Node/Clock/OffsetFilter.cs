namespace SmartRadio.Node
{
    /// <summary>
    /// Finds the offset between two clocks from four-timestamp exchanges over a line whose delay varies. Each exchange bounds
    /// the offset: it is at most (their receive − our send) and at least (their send − our receive). The least delayed exchanges
    /// give the tightest bounds, each direction by itself; bounds widen with age, as crystals drift. The middle is the estimate.
    /// </summary>
    public sealed class OffsetFilter
    {
        private const int Window = 32;

        /// <summary>Drift of both crystals together that the bounds allow for, in parts per million.</summary>
        private const long DriftPpm = 100;

        /// <summary>The wire carries whole milliseconds, so good bounds may cross by this much, in µs.</summary>
        private const long Tolerance = 2000;

        private readonly long[] _upper = new long[Window];
        private readonly long[] _lower = new long[Window];
        private readonly long[] _taken = new long[Window];
        private int _count;
        private int _next;

        /// <summary>What to add to our clock to get theirs, in µs; meaningful once <see cref="HasOffset"/>.</summary>
        public long Offset { get; private set; }

        public bool HasOffset
        {
            get { return _count > 0; }
        }

        /// <summary>Takes one exchange; all in µs.</summary>
        /// <param name="sent">Request left, our clock.</param>
        /// <param name="theirReceived">Request arrived, their clock.</param>
        /// <param name="theirSent">Answer left, their clock.</param>
        /// <param name="received">Answer arrived, our clock.</param>
        public void Add(long sent, long theirReceived, long theirSent, long received)
        {
            Put(theirReceived - sent, theirSent - received, received);
            if (!Estimate(received))
            {
                // Their clock was stepped: what was known before is void.
                _count = 0;
                _next = 0;
                Put(theirReceived - sent, theirSent - received, received);
                Estimate(received);
            }
        }

        private void Put(long upper, long lower, long taken)
        {
            _upper[_next] = upper;
            _lower[_next] = lower;
            _taken[_next] = taken;
            _next = (_next + 1) % Window;
            if (_count < Window)
            {
                _count++;
            }
        }

        private bool Estimate(long now)
        {
            long upper = long.MaxValue;
            long lower = long.MinValue;
            for (int i = 0; i < _count; i++)
            {
                long drift = (now - _taken[i]) * DriftPpm / 1000000;
                upper = _upper[i] + drift < upper ? _upper[i] + drift : upper;
                lower = _lower[i] - drift > lower ? _lower[i] - drift : lower;
            }

            Offset = lower + ((upper - lower) / 2);
            return lower - upper <= Tolerance;
        }
    }
}
