namespace SmartRadio.Protocol.Objects
{
    /// <summary>
    /// Chunks of an object that a node lacks. Body: object id 16, range count u8, ranges of first u16 and count u16.
    /// </summary>
    public sealed class ChunkRequest
    {
        /// <summary>Ranges in one request; what is beyond is asked for later.</summary>
        public const int MaxRanges = 64;

        public byte[] ObjectId { get; set; }

        /// <summary>First chunk of each range.</summary>
        public int[] First { get; set; }

        /// <summary>Chunks in each range, at least 1.</summary>
        public int[] Count { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(17 + (First.Length * 4));
            writer.Bytes(ObjectId);
            writer.U8(First.Length);
            for (int i = 0; i < First.Length; i++)
            {
                writer.U16(First[i]);
                writer.U16(Count[i]);
            }

            return writer.ToArray();
        }

        /// <summary>The request, or null when it is malformed.</summary>
        public static ChunkRequest Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            ChunkRequest request = new ChunkRequest();
            request.ObjectId = reader.Bytes(WireSizes.ObjectIdLength);
            int ranges = reader.U8();
            if (ranges == 0 || ranges > MaxRanges || reader.Remaining != ranges * 4)
            {
                return null;
            }

            request.First = new int[ranges];
            request.Count = new int[ranges];
            for (int i = 0; i < ranges; i++)
            {
                request.First[i] = reader.U16();
                request.Count[i] = reader.U16();
                if (request.Count[i] == 0)
                {
                    return null;
                }
            }

            return reader.Complete ? request : null;
        }
    }
}
