using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Link
{
    /// <summary>
    /// How long to wait before the next attempt: twice as long each time, and half of it by chance, for all nodes lose a broker
    /// at once.
    /// </summary>
    public sealed class Backoff
    {
        private readonly int _first;
        private readonly int _longest;
        private readonly IJitter _jitter;
        private int _delay;

        /// <param name="first">ms, at least 2.</param>
        /// <param name="longest">ms.</param>
        /// <param name="jitter">The chance.</param>
        public Backoff(int first, int longest, IJitter jitter)
        {
            _first = first;
            _longest = longest;
            _jitter = jitter;
            _delay = first;
        }

        /// <summary>ms to wait now.</summary>
        public int Next()
        {
            int delay = _delay;
            _delay = delay < _longest / 2 ? delay * 2 : _longest;
            return (delay / 2) + _jitter.Next((delay / 2) + 1);
        }

        /// <summary>An attempt led to something that lasted.</summary>
        public void Succeeded()
        {
            _delay = _first;
        }
    }
}
