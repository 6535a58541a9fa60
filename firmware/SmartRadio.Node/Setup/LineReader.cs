namespace SmartRadio.Node
{
    /// <summary>Makes lines of what is typed on a serial console. A line that is too long is dropped whole.</summary>
    public sealed class LineReader
    {
        /// <summary>Longest line in characters; a line of a certificate has 64.</summary>
        public const int MaxLength = 256;

        private readonly char[] _typed = new char[MaxLength];
        private int _count;
        private bool _isTooLong;

        /// <summary>Takes a byte; the whole line when that ends one, else null. Empty lines are none.</summary>
        public string Take(byte typed)
        {
            if (typed == '\r' || typed == '\n')
            {
                bool isLine = _count > 0 && !_isTooLong;
                string line = isLine ? new string(_typed, 0, _count) : null;
                _count = 0;
                _isTooLong = false;
                return line;
            }

            if (typed == 8 || typed == 127)
            {
                _count = _count > 0 ? _count - 1 : 0;
            }
            else if (_count == MaxLength)
            {
                _isTooLong = true;
            }
            else if (typed >= ' ')
            {
                _typed[_count] = (char)typed;
                _count++;
            }

            return null;
        }
    }
}
