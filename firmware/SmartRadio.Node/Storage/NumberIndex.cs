namespace SmartRadio.Node.Storage
{
    /// <summary>
    /// Finds the place of a number among many: a look-up costs the device's interpreter a few turns, a walk through 64 entries
    /// some hundred.
    /// </summary>
    public sealed class NumberIndex
    {
        private readonly int _mask;
        private readonly long[] _numbers;
        private readonly int[] _places;

        /// <param name="capacity">Numbers that it takes, at most.</param>
        public NumberIndex(int capacity)
        {
            int size = 4;
            while (size * 3 < capacity * 4)
            {
                size *= 2;
            }

            _mask = size - 1;
            _numbers = new long[size];
            _places = new int[size];
        }

        /// <summary>Notes the place of a number, from 0 on; of a number given twice the first place counts.</summary>
        public void Put(long number, int place)
        {
            int at = SlotOf(number);
            if (_places[at] == 0)
            {
                _numbers[at] = number;
                _places[at] = place + 1;
            }
        }

        /// <summary>The place of a number, or −1.</summary>
        public int Find(long number)
        {
            return _places[SlotOf(number)] - 1;
        }

        private int SlotOf(long number)
        {
            // Numbers in a row must not lie in a row: who is not among them would be looked for behind them all.
            int spread = (int)number * -1640531527;
            int at = (spread >> 15) & _mask;
            while (_places[at] != 0 && _numbers[at] != number)
            {
                at = (at + 1) & _mask;
            }

            return at;
        }
    }
}
