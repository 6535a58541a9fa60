using System;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Objects
{
    /// <summary>
    /// The index of objects as it is stored, kept beside them: written anew for each save, a thousand objects took the device
    /// 170,000 instructions. Layout: count u16, then id 16 and needed-until i64 each.
    /// </summary>
    internal sealed class IndexImage
    {
        private const int Header = 2;
        private const int Length = WireSizes.ObjectIdLength + 8;
        private const int Growth = 64;

        private byte[] _bytes = new byte[Header + (Growth * Length)];
        private int _count;

        public void Add(byte[] id, long neededUntil)
        {
            int end = Header + (_count * Length);
            if (end == _bytes.Length)
            {
                byte[] larger = new byte[end + (Growth * Length)];
                Array.Copy(_bytes, 0, larger, 0, end);
                _bytes = larger;
            }

            Array.Copy(id, 0, _bytes, end, WireSizes.ObjectIdLength);
            _count++;
            Set(_count - 1, neededUntil);
        }

        public void Set(int place, long neededUntil)
        {
            Put(neededUntil, 8, Header + (place * Length) + WireSizes.ObjectIdLength);
        }

        public void RemoveAt(int place)
        {
            // Through an array between: nothing says how the device copies what overlaps.
            byte[] behind = new byte[(_count - place - 1) * Length];
            int gap = Header + (place * Length);
            Array.Copy(_bytes, gap + Length, behind, 0, behind.Length);
            Array.Copy(behind, 0, _bytes, gap, behind.Length);
            _count--;
        }

        public byte[] ToArray()
        {
            Put(_count, Header, 0);
            byte[] stored = new byte[Header + (_count * Length)];
            Array.Copy(_bytes, 0, stored, 0, stored.Length);
            return stored;
        }

        private void Put(long value, int length, int offset)
        {
            for (int i = 0; i < length; i++)
            {
                _bytes[offset + i] = (byte)(value >> (8 * i));
            }
        }
    }
}
