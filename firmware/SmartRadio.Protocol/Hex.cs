namespace SmartRadio.Protocol
{
    /// <summary>Lower-case hexadecimal, as ids appear on topics.</summary>
    public static class Hex
    {
        private const string Digits = "0123456789abcdef";

        public static string Encode(byte[] bytes)
        {
            char[] text = new char[bytes.Length * 2];
            for (int i = 0; i < text.Length; i += 2)
            {
                int value = bytes[i >> 1];
                text[i] = Digits[value >> 4];
                text[i + 1] = Digits[value & 15];
            }

            return new string(text);
        }

        /// <summary>
        /// The bytes of <paramref name="text"/>, or null unless it is exactly <paramref name="length"/> bytes of lower-case
        /// hexadecimal.
        /// </summary>
        public static byte[] Decode(string text, int length)
        {
            if (text == null || text.Length != length * 2)
            {
                return null;
            }

            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++)
            {
                int high = Digits.IndexOf(text[2 * i]);
                int low = Digits.IndexOf(text[(2 * i) + 1]);
                if (high < 0 || low < 0)
                {
                    return null;
                }

                bytes[i] = (byte)((high << 4) | low);
            }

            return bytes;
        }
    }
}
