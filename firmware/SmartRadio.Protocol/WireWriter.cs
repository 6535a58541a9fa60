using System;
using System.Text;

namespace SmartRadio.Protocol
{
    /// <summary>Writes little-endian fields into a buffer that grows as needed.</summary>
    public sealed class WireWriter
    {
        private byte[] _buffer;
        private int _length;

        public WireWriter(int capacity)
        {
            _buffer = new byte[capacity];
        }

        /// <summary>Bytes written so far.</summary>
        public int Length
        {
            get { return _length; }
        }

        public void U8(int value)
        {
            Reserve(1);
            _buffer[_length++] = (byte)value;
        }

        public void U16(int value)
        {
            Reserve(2);
            _buffer[_length++] = (byte)value;
            _buffer[_length++] = (byte)(value >> 8);
        }

        /// <summary>The low 32 bits of <paramref name="value"/>.</summary>
        public void U32(long value)
        {
            Little(value, 4);
        }

        public void I64(long value)
        {
            Little(value, 8);
        }

        public void Bytes(byte[] source)
        {
            Bytes(source, 0, source.Length);
        }

        public void Bytes(byte[] source, int offset, int count)
        {
            Reserve(count);
            Array.Copy(source, offset, _buffer, _length, count);
            _length += count;
        }

        /// <summary>UTF-8 with a length byte in front; what does not fit in 255 bytes is cut off.</summary>
        public void Text(string value)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(value);
            int count = utf8.Length;
            if (count > 255)
            {
                count = 255;
            }

            U8(count);
            Bytes(utf8, 0, count);
        }

        /// <summary>A copy of what was written.</summary>
        public byte[] ToArray()
        {
            byte[] result = new byte[_length];
            Array.Copy(_buffer, 0, result, 0, _length);
            return result;
        }

        private void Little(long value, int count)
        {
            Reserve(count);
            for (int i = 0; i < count; i++)
            {
                _buffer[_length++] = (byte)value;
                value >>= 8;
            }
        }

        private void Reserve(int count)
        {
            if (_length + count <= _buffer.Length)
            {
                return;
            }

            byte[] larger = new byte[(_length + count) * 2];
            Array.Copy(_buffer, 0, larger, 0, _length);
            _buffer = larger;
        }
    }
}
