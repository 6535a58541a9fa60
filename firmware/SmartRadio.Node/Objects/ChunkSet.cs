using SmartRadio.Protocol.Objects;

namespace SmartRadio.Node.Objects
{
    /// <summary>Which chunks of an object are on the storage.</summary>
    public sealed class ChunkSet
    {
        private readonly byte[] _bits;
        private readonly int _size;

        public ChunkSet(int size)
        {
            _size = size;
            _bits = new byte[(size + 7) / 8];
        }

        /// <summary>Chunks in the set.</summary>
        public int Count { get; private set; }

        public bool IsFull
        {
            get { return Count == _size; }
        }

        public bool Has(int index)
        {
            return (_bits[index >> 3] & (1 << (index & 7))) != 0;
        }

        public void Add(int index)
        {
            if (!Has(index))
            {
                _bits[index >> 3] |= (byte)(1 << (index & 7));
                Count++;
            }
        }

        public void Remove(int index)
        {
            if (Has(index))
            {
                _bits[index >> 3] &= (byte)~(1 << (index & 7));
                Count--;
            }
        }

        /// <summary>
        /// Asks for everything that is not in the set, lowest numbers (the manifest) first; null when nothing is missing.
        /// </summary>
        public ChunkRequest Missing(byte[] objectId)
        {
            int[] first = new int[ChunkRequest.MaxRanges];
            int[] count = new int[ChunkRequest.MaxRanges];
            int ranges = 0;
            int index = 0;
            while (ranges < ChunkRequest.MaxRanges)
            {
                index = Skip(index, true);
                if (index == _size)
                {
                    break;
                }

                first[ranges] = index;
                index = Skip(index, false);
                count[ranges] = index - first[ranges];
                ranges++;
            }

            if (ranges == 0)
            {
                return null;
            }

            ChunkRequest request = new ChunkRequest();
            request.ObjectId = objectId;
            request.First = Cut(first, ranges);
            request.Count = Cut(count, ranges);
            return request;
        }

        private int Skip(int index, bool present)
        {
            while (index < _size && Has(index) == present)
            {
                index++;
            }

            return index;
        }

        private static int[] Cut(int[] values, int count)
        {
            int[] result = new int[count];
            for (int i = 0; i < count; i++)
            {
                result[i] = values[i];
            }

            return result;
        }
    }
}
