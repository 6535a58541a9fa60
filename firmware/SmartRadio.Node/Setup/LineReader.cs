using System.Text;

namespace SmartRadio.Node.Setup
{
    /// <summary>
    /// Makes lines of what is typed on a serial console, in UTF-8 and ended in either way. A tab is a space, and empty lines are
    /// none.
    /// </summary>
    public sealed class LineReader
    {
        /// <summary>Longest line in bytes; a line of a certificate has 64.</summary>
        public const int MaxLength = 256;

        private readonly byte[] _typed = new byte[MaxLength];
        private int _count;
        private bool _isTooLong;

        /// <summary>The line that ended last; null when it was dropped.</summary>
        public string Line { get; private set; }

        /// <summary>Why it was dropped, in a sentence.</summary>
        public string Problem { get; private set; }

        /// <summary>Takes a byte; true when that ended a line.</summary>
        public bool Take(byte typed)
        {
            if (typed == '\r' || typed == '\n')
            {
                return End();
            }

            if (typed == 8 || typed == 127)
            {
                DropCharacter();
            }
            else if (_count == MaxLength)
            {
                _isTooLong = true;
            }
            else if (typed >= ' ' || typed == '\t')
            {
                _typed[_count] = typed == '\t' ? (byte)' ' : typed;
                _count++;
            }

            return false;
        }

        private bool End()
        {
            if (_count == 0)
            {
                _isTooLong = false;
                return false;
            }

            Problem = _isTooLong ? "That line was longer than 256 bytes: nothing of it was taken."
                : IsUtf8() ? null : "That line was not UTF-8: set the terminal to it and type it again.";
            Line = Problem == null ? Encoding.UTF8.GetString(_typed, 0, _count) : null;
            _count = 0;
            _isTooLong = false;
            return true;
        }

        /// <summary>The bytes that go on with a character go with the one that began it.</summary>
        private void DropCharacter()
        {
            while (_count > 0)
            {
                _count--;
                if ((_typed[_count] & 0xC0) != 0x80)
                {
                    return;
                }
            }
        }

        /// <summary>
        /// Well-formed by table 3-7 of the Unicode standard; what the device's decoder makes of anything else is its secret.
        /// </summary>
        private bool IsUtf8()
        {
            int i = 0;
            while (i < _count)
            {
                int lead = _typed[i];
                i++;
                if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4)
                {
                    return false;
                }

                // Behind four of the leads the next byte has less room: too long a form, a surrogate, or past the last character.
                int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
                int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
                for (int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3; more > 0; more--)
                {
                    if (i == _count || _typed[i] < least || _typed[i] > most)
                    {
                        return false;
                    }

                    least = 0x80;
                    most = 0xBF;
                    i++;
                }
            }

            return true;
        }
    }
}
