namespace SmartRadio.Node.Setup
{
    /// <summary>Whether the device's TLS library can read a certificate.</summary>
    /// <param name="pem">The certificate as PEM.</param>
    public delegate bool CertificateCheck(string pem);

    /// <summary>
    /// A certificate on its way in, line by line as PEM (RFC 7468) has them. A line that is none of a certificate's ends the
    /// paste.
    /// </summary>
    public sealed class PastedCertificate
    {
        public const string FirstLine = "-----BEGIN CERTIFICATE-----";
        private const string LastLine = "-----END CERTIFICATE-----";
        private const int MaxLetters = 8192;

        /// <summary>A sequence whose length stands in two bytes.</summary>
        private const int LongSequence = 0x3082;
        private const int HeadBytes = 4;
        private const int HeadLetters = 8;

        /// <summary>The first line was pasted and the last was not.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>The base64 between the two lines.</summary>
        public string Letters { get; private set; }

        /// <summary>The certificate as PEM.</summary>
        /// <param name="letters">Its base64; the parser minds no long line.</param>
        public static string Pem(string letters)
        {
            return FirstLine + "\n" + letters + "\n" + LastLine + "\n";
        }

        /// <summary>Takes a line; false when that cannot be of a certificate, and then the paste is over.</summary>
        public bool Take(string line)
        {
            if (line == FirstLine)
            {
                Letters = string.Empty;
                IsOpen = true;
                return true;
            }

            bool isLast = line == LastLine;
            IsOpen = !isLast && IsBase64(line) && Letters.Length + line.Length <= MaxLetters;
            Letters += IsOpen ? line : string.Empty;
            return isLast || IsOpen;
        }

        /// <summary>
        /// Bytes that the certificate says it has (the head of its outermost part: 30 82 and two bytes of length, RFC 5280 and
        /// X.690), or −1 when it begins like none.
        /// </summary>
        public static int Promised(string letters)
        {
            if (letters.Length < HeadLetters)
            {
                return -1;
            }

            int head = (Value(letters[0]) << 18) | (Value(letters[1]) << 12) | (Value(letters[2]) << 6) | Value(letters[3]);
            int last = (Value(letters[4]) << 2) | (Value(letters[5]) >> 4);
            return head >> 8 == LongSequence ? HeadBytes + ((head & 255) << 8) + last : -1;
        }

        /// <summary>Bytes that were pasted.</summary>
        public static int Pasted(string letters)
        {
            int filling = letters.IndexOf('=');
            return (filling < 0 ? letters.Length : filling) * 3 / 4;
        }

        public void GiveUp()
        {
            IsOpen = false;
        }

        private static int Value(char letter)
        {
            return letter >= 'a' ? letter - 'a' + 26 : letter >= 'A' ? letter - 'A' : letter >= '0' ? letter - '0' + 52
                : letter == '+' ? 62 : 63;
        }

        private static bool IsBase64(string line)
        {
            for (int i = 0; i < line.Length; i++)
            {
                char c = line[i];
                bool isLetter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
                    || c == '+' || c == '/' || c == '=';
                if (!isLetter)
                {
                    return false;
                }
            }

            // Each four letters are three bytes, in every line. Few words of the console can pass for one, and none of its
            // sentences.
            return line.Length % 4 == 0;
        }
    }
}
