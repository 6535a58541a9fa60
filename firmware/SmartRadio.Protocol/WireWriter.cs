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
            Reserve(4);
            Word((int)value, _length);
            _length += 4;
        }

        public void I64(long value)
        {
            Reserve(8);
            Word((int)value, _length);
            Word((int)(value >> 32), _length + 4);
            _length += 8;
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

        /// <summary>Four bytes at once: a turn of a loop costs the device's interpreter three times as much.</summary>
        private void Word(int value, int at)
        {
            byte[] buffer = _buffer;
            buffer[at] = (byte)value;
            buffer[at + 1] = (byte)(value >> 8);
            buffer[at + 2] = (byte)(value >> 16);
            buffer[at + 3] = (byte)(value >> 24);
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
