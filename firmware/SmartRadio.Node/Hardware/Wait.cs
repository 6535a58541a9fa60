namespace SmartRadio.Node.Hardware
{
    /// <summary>Turns instants into the milliseconds that a poll returns.</summary>
    public static class Wait
    {
        /// <summary>The longest that any part lets the host sleep: whatever is due is known, and messages wake it.</summary>
        public const int Longest = 60000;

        /// <summary>Whole milliseconds, rounded up, from now until due (both local µs), 0 to <see cref="Longest"/>.</summary>
        public static int Until(long due, long now)
        {
            long wait = (due - now + 999) / 1000;
            if (wait <= 0)
            {
                return 0;
            }

            return wait < Longest ? (int)wait : Longest;
        }

        public static int Shorter(int one, int other)
        {
            return one < other ? one : other;
        }
    }
}
