namespace SmartRadio.Node.Clock
{
    /// <summary>
    /// Finds offset and drift between two clocks from four-timestamp exchanges over a line whose delay varies. Each exchange
    /// bounds the offset: it is at most (their receive − our send) and at least (their send − our receive), and the least delayed
    /// exchanges of each direction bound it best. As time goes by the true offset is a straight line between an upper and a lower
    /// row of bounds; the slope that leaves the widest gap between them is the drift, and the middle of the gap is the offset.
    /// </summary>
    public sealed class OffsetFilter
    {
        /// <summary>Largest drift of two crystals against each other that is believed, in parts per billion.</summary>
        public const long MaxDrift = 80000;

        private const int Slots = 64;

        /// <summary>Each minute keeps its best bound of each direction, in µs.</summary>
        private const long SlotLength = 60000000;

        /// <summary>
        /// Once there is an hour of them, each three minutes do: three hours tell the drift to a fraction of a millionth. A
        /// crystal that the weather turns by half a millionth an hour bends the line over three hours by about a millisecond.
        /// </summary>
        private const long LongSlotLength = 3 * SlotLength;

        /// <summary>A crystal's rate moves with its temperature: old bounds widen by so many parts per billion.</summary>
        private const long Wander = 300;

        /// <summary>The search for the slope stops here, in parts per billion: a third of a millisecond in an hour.</summary>
        private const long Finest = 100;

        /// <summary>Bounds looked at with one exchange, at most: what the device can do beside the sound.</summary>
        private const int MostBounds = 200;

        /// <summary>The wire carries whole milliseconds, so good bounds may cross by this much, in µs.</summary>
        private const long Tolerance = 2000;

        /// <summary>Bounds less than so many µs apart in age say nothing about the slope.</summary>
        private const long Inertia = 20000000;

        /// <summary>Half of what is known of the drift counts after so many µs of watching it.</summary>
        private const long DriftHalfTime = 90000000;

        private readonly long[] _upper = new long[Slots];
        private readonly long[] _upperAt = new long[Slots];
        private readonly long[] _lower = new long[Slots];
        private readonly long[] _lowerAt = new long[Slots];
        private readonly long _usualDrift;
        private long _found;
        private long _low;
        private long _high;
        private long _middle;
        private long _step;
        private int _count;
        private int _newest = -1;
        private long _first;
        private long _slotEnd;
        private long _offset;
        private long _at;
        private long _upperNow;
        private long _lowerNow;
        private long _rise;

        /// <param name="usualDrift">What the drift was found to be earlier, in parts per billion; 0 when nothing is
        /// known.</param>
        /// <param name="local">Our clock now, µs; until the first exchange it counts as right.</param>
        public OffsetFilter(long usualDrift, long local)
        {
            _usualDrift = usualDrift;
            _found = usualDrift / Finest;
            _at = local;
            Drift = usualDrift;
        }

        /// <summary>How much faster their clock runs than ours, in parts per billion.</summary>
        public long Drift { get; private set; }

        /// <summary>
        /// How far from the truth the offset can have been at most when the last exchange came in, in µs; above zero by the
        /// wire's whole milliseconds at least.
        /// </summary>
        public long Uncertainty { get; private set; } = long.MaxValue;

        /// <summary>Since when without a break it has been watched, in µs of our clock.</summary>
        public long Watched
        {
            get { return _count == 0 ? 0 : _at - _first; }
        }

        /// <summary>What to add to our clock at that instant of it to get theirs, all in µs.</summary>
        public long OffsetAt(long local)
        {
            return _offset + Scale(local - _at, Drift);
        }

        /// <summary>Takes one exchange; all in µs.</summary>
        /// <param name="sent">Request left, our clock.</param>
        /// <param name="theirReceived">Request arrived, their clock.</param>
        /// <param name="theirSent">Answer left, their clock.</param>
        /// <param name="received">Answer arrived, our clock.</param>
        public void Add(long sent, long theirReceived, long theirSent, long received)
        {
            Put(sent, theirReceived - sent, theirSent - received, received);
            if (!Estimate(received))
            {
                // Their clock was stepped: what was known before is void.
                _count = 0;
                _newest = -1;
                _high = _low;
                Put(sent, theirReceived - sent, theirSent - received, received);
                Estimate(received);
            }
        }

        /// <summary>Product of µs and parts per billion, in µs, without leaving 64 bits for years of either sign.</summary>
        private static long Scale(long microseconds, long perBillion)
        {
            return microseconds / 1000 * perBillion / 1000000;
        }

        private void Put(long sent, long upper, long lower, long received)
        {
            if (_count == 0)
            {
                _first = sent;
            }

            if (_count == 0 || received >= _slotEnd)
            {
                _newest = (_newest + 1) % Slots;
                _count = _count < Slots ? _count + 1 : Slots;
                _slotEnd = received + (_count < Slots ? SlotLength : LongSlotLength);
                PutUpper(sent, upper);
                PutLower(received, lower);
                return;
            }

            if (upper - _upper[_newest] < Scale(sent - _upperAt[_newest], Drift))
            {
                PutUpper(sent, upper);
            }

            if (lower - _lower[_newest] > Scale(received - _lowerAt[_newest], Drift))
            {
                PutLower(received, lower);
            }
        }

        private void PutUpper(long at, long bound)
        {
            _upper[_newest] = bound;
            _upperAt[_newest] = at;
        }

        private void PutLower(long at, long bound)
        {
            _lower[_newest] = bound;
            _lowerAt[_newest] = at;
        }

        /// <summary>False when the bounds contradict each other.</summary>
        private bool Estimate(long now)
        {
            long drift = Summit(now);
            long watched = (now - _first) / 1000;
            long half = DriftHalfTime / 1000;
            long share = watched * 1000 / (watched + (half * half / (watched + 1)));
            Drift = _usualDrift + ((drift - _usualDrift) * share / 1000);
            long gap = Gap(Drift, now);
            _offset = _lowerNow + ((_upperNow - _lowerNow) / 2);
            _at = now;
            Uncertainty = (gap + Tolerance) / 2;
            return gap >= -Tolerance;
        }

        /// <summary>
        /// The slope of the widest gap. The gap as a function of the slope has one summit, and its rise at any slope tells on
        /// which side that lies. It is seldom far from where it was found last: the search widens from there, then halves. One
        /// that would cost too much goes on with the next exchange; until it ends the slope is that of the search before.
        /// </summary>
        private long Summit(long now)
        {
            if (_high - _low <= 1)
            {
                _low = -MaxDrift / Finest;
                _high = MaxDrift / Finest;
                _step = 1;
                _middle = _found;
            }

            for (int left = MostBounds / _count; left > 0 && _high - _low > 1; left--)
            {
                bool rises = RisesAt(_middle * Finest, now);
                _low = rises ? _middle : _low;
                _high = rises ? _high : _middle;
                long next = rises ? _middle + _step : _middle - _step;
                _step *= 4;
                _middle = next > _low && next < _high ? next : _low + ((_high - _low) / 2);
            }

            _found = _high - _low <= 1 ? _low : _found;
            return (_found * Finest) + (Finest / 2);
        }

        private bool RisesAt(long drift, long now)
        {
            Gap(drift, now);
            return (drift > _usualDrift ? _rise - Inertia : _rise + Inertia) > 0;
        }

        /// <summary>Width of the gap now if the drift were this; leaves its edges and its rise with the drift.</summary>
        private long Gap(long drift, long now)
        {
            // Locals, and the products written out: this is most of what an exchange costs the device's interpreter.
            long[] upper = _upper;
            long[] upperAt = _upperAt;
            long[] lower = _lower;
            long[] lowerAt = _lowerAt;
            long wide = drift + Wander;
            long narrow = drift - Wander;
            long upperNow = long.MaxValue;
            long lowerNow = long.MinValue;
            long upperSince = 0;
            long lowerSince = 0;
            int count = _count;
            for (int i = 0; i < count; i++)
            {
                long since = upperAt[i];
                long bound = upper[i] + ((now - since) / 1000 * wide / 1000000);
                if (bound < upperNow)
                {
                    upperNow = bound;
                    upperSince = since;
                }

                since = lowerAt[i];
                bound = lower[i] + ((now - since) / 1000 * narrow / 1000000);
                if (bound > lowerNow)
                {
                    lowerNow = bound;
                    lowerSince = since;
                }
            }

            _upperNow = upperNow;
            _lowerNow = lowerNow;
            _rise = lowerSince - upperSince;
            return upperNow - lowerNow;
        }
    }
}
