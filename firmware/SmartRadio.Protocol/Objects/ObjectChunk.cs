namespace SmartRadio.Protocol.Objects
{
    /// <summary>
    /// One chunk of an object: version u8, flags u8 (0), index u16, total length u32, payload. It carries no MAC: its content
    /// proves itself.
    /// </summary>
    public sealed class ObjectChunk
    {
        public const int HeaderLength = 8;

        /// <summary>Chunk number as in <see cref="ObjectLayout"/>.</summary>
        public int Index { get; set; }

        /// <summary>Bytes of the whole object.</summary>
        public long ObjectLength { get; set; }

        public byte[] Payload { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(HeaderLength + Payload.Length);
            writer.U8(WireSizes.Version);
            writer.U8(0);
            writer.U16(Index);
            writer.U32(ObjectLength);
            writer.Bytes(Payload);
            return writer.ToArray();
        }

        /// <summary>The chunk, or null when it is malformed or its payload is not exactly as long as the layout says.</summary>
        public static ObjectChunk Read(byte[] message)
        {
            WireReader reader = new WireReader(message);
            int version = reader.U8();
            int flags = reader.U8();
            ObjectChunk chunk = new ObjectChunk();
            chunk.Index = reader.U16();
            chunk.ObjectLength = reader.U32();
            if (reader.Failed || version != WireSizes.Version || flags != 0
                || chunk.ObjectLength < 1 || chunk.ObjectLength > ObjectLayout.MaxLength)
            {
                return null;
            }

            ObjectLayout layout = new ObjectLayout(chunk.ObjectLength);
            if (chunk.Index >= layout.Chunks || reader.Remaining != layout.ChunkLength(chunk.Index))
            {
                return null;
            }

            chunk.Payload = reader.Bytes(reader.Remaining);
            return chunk;
        }
    }
}
