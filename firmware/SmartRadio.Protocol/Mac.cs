using System;
using System.Security.Cryptography;

namespace SmartRadio.Protocol
{
    /// <summary>
    /// HMAC-SHA256 (RFC 2104), the one authentication primitive the device has, cut to the length a message carries.
    /// </summary>
    public static class Mac
    {
        /// <summary>
        /// The first <paramref name="length"/> bytes (at most 32) of the MAC over the first <paramref name="count"/> bytes of the
        /// data.
        /// </summary>
        public static byte[] Compute(byte[] key, byte[] data, int count, int length)
        {
            byte[] source = data;
            if (count != data.Length)
            {
                source = new byte[count];
                Array.Copy(data, 0, source, 0, count);
            }

            byte[] full = HMACSHA256.HashData(key, source);
            if (length == full.Length)
            {
                return full;
            }

            byte[] cut = new byte[length];
            Array.Copy(full, 0, cut, 0, length);
            return cut;
        }

        /// <summary>
        /// True when the bytes at <paramref name="offset"/> equal <paramref name="mac"/>; takes the same time wherever they
        /// differ.
        /// </summary>
        public static bool Matches(byte[] mac, byte[] data, int offset)
        {
            if (data.Length - offset < mac.Length)
            {
                return false;
            }

            int difference = 0;
            for (int i = 0; i < mac.Length; i++)
            {
                difference |= mac[i] ^ data[offset + i];
            }

            return difference == 0;
        }
    }
}
