using System;
using System.Text;

namespace SmartRadio.Protocol
{
    /// <summary>
    /// Reads little-endian fields and never past the end: once a field does not fit, <see cref="Failed"/> stays true
    /// and every further read gives zero or an empty array, so a parser checks once, at its end.
    /// </summary>
    public sealed class WireReader
    {
        private readonly byte[] _buffer;
        private readonly int _end;
        private int _position;

        public WireReader(byte[] buffer)
            : this(buffer, 0, buffer.Length)
        {
        }

        /// <summary>
        /// Reads within <paramref name="offset"/> and <paramref name="count"/>, which must lie inside the buffer.
        /// </summary>
        public WireReader(byte[] buffer, int offset, int count)
        {
            _buffer = buffer;
            _position = offset;
            _end = offset + count;
        }

        public bool Failed { get; private set; }

        public int Remaining
        {
            get { return _end - _position; }
        }

        /// <summary>True when everything was read and nothing was missing: a message with a tail is malformed too.</summary>
        public bool Complete
        {
            get { return !Failed && _position == _end; }
        }

        public int U8()
        {
            return Has(1) ? _buffer[_position++] : 0;
        }

        public int U16()
        {
            if (!Has(2))
            {
                return 0;
            }

            int at = _position;
            _position = at + 2;
            return _buffer[at] | (_buffer[at + 1] << 8);
        }

        public long U32()
        {
            if (!Has(4))
            {
                return 0;
            }

            int at = _position;
            _position = at + 4;
            return Word(_buffer, at) & 0xffffffffL;
        }

        public long I64()
        {
            if (!Has(8))
            {
                return 0;
            }

            int at = _position;
            _position = at + 8;
            return I64At(_buffer, at);
        }

        /// <summary>Eight bytes of a buffer that has them.</summary>
        public static long I64At(byte[] buffer, int at)
        {
            return (Word(buffer, at) & 0xffffffffL) | ((long)Word(buffer, at + 4) << 32);
        }

        public byte[] Bytes(int count)
        {
            if (!Has(count))
            {
                return new byte[0];
            }

            byte[] result = new byte[count];
            Array.Copy(_buffer, _position, result, 0, count);
            _position += count;
            return result;
        }

        /// <summary>UTF-8 behind a length byte.</summary>
        public string Text()
        {
            int count = U8();
            if (!Has(count))
            {
                return string.Empty;
            }

            string text = Encoding.UTF8.GetString(_buffer, _position, count);
            _position += count;
            return text;
        }

        /// <summary>Four bytes at once: a turn of a loop costs the device's interpreter three times as much.</summary>
        private static int Word(byte[] buffer, int at)
        {
            return buffer[at] | (buffer[at + 1] << 8) | (buffer[at + 2] << 16) | (buffer[at + 3] << 24);
        }

        private bool Has(int count)
        {
            if (Failed || count < 0 || count > _end - _position)
            {
                Failed = true;
                return false;
            }

            return true;
        }
    }
}
