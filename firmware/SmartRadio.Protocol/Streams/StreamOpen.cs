namespace SmartRadio.Protocol.Streams
{
    /// <summary>
    /// Tells a node that a planned broadcast's sound can also be had as live frames. Body: broadcast i64, stream id 8, codec u8,
    /// stream key 16 bytes, encrypted as <see cref="KeyWrap"/> says.
    /// </summary>
    public sealed class StreamOpen
    {
        public long Broadcast { get; set; }

        public byte[] StreamId { get; set; }

        public CodecId Codec { get; set; }

        public byte[] WrappedKey { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(40);
            writer.I64(Broadcast);
            writer.Bytes(StreamId);
            writer.U8((byte)Codec);
            writer.Bytes(WrappedKey);
            return writer.ToArray();
        }

        /// <summary>The command, or null when it is malformed.</summary>
        public static StreamOpen Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            StreamOpen command = new StreamOpen();
            command.Broadcast = reader.I64();
            command.StreamId = reader.Bytes(WireSizes.StreamIdLength);
            command.Codec = (CodecId)reader.U8();
            command.WrappedKey = reader.Bytes(WireSizes.StreamKeyLength);
            return reader.Complete && command.Broadcast > 0 ? command : null;
        }
    }
}
