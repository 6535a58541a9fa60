namespace SmartRadio.Protocol.Streams
{
    /// <summary>
    /// One slice of live sound: version u8, codec u8, stream id 8, sequence u32, position u32, payload length u16, payload,
    /// and the first 16 bytes of HMAC-SHA256 under the stream key over all before.
    /// </summary>
    public sealed class StreamFrame
    {
        public const int HeaderLength = 20;
        public const int MacLength = 16;
        public const int MaxPayload = WireSizes.MaxMessage - HeaderLength - MacLength;

        public CodecId Codec { get; set; }

        public byte[] StreamId { get; set; }

        /// <summary>Counts frames from 0.</summary>
        public long Sequence { get; set; }

        /// <summary>First sample of the payload, counted from the broadcast's start.</summary>
        public long Position { get; set; }

        public byte[] Payload { get; set; }

        public byte[] Seal(byte[] key)
        {
            WireWriter writer = new WireWriter(HeaderLength + Payload.Length + MacLength);
            writer.U8(WireSizes.Version);
            writer.U8((byte)Codec);
            writer.Bytes(StreamId);
            writer.U32(Sequence);
            writer.U32(Position);
            writer.U16(Payload.Length);
            writer.Bytes(Payload);
            byte[] signed = writer.ToArray();
            writer.Bytes(Mac.Compute(key, signed, signed.Length, MacLength));
            return writer.ToArray();
        }

        /// <summary>The frame, or null when it is malformed or not authentic under <paramref name="key"/>.</summary>
        public static StreamFrame Open(byte[] message, byte[] key)
        {
            if (message.Length > WireSizes.MaxMessage)
            {
                return null;
            }

            WireReader reader = new WireReader(message);
            int version = reader.U8();
            StreamFrame frame = new StreamFrame();
            frame.Codec = (CodecId)reader.U8();
            frame.StreamId = reader.Bytes(WireSizes.StreamIdLength);
            frame.Sequence = reader.U32();
            frame.Position = reader.U32();
            frame.Payload = reader.Bytes(reader.U16());
            int signed = message.Length - reader.Remaining;
            reader.Bytes(MacLength);
            return reader.Complete && version == WireSizes.Version
                && Mac.Matches(Mac.Compute(key, message, signed, MacLength), message, signed) ? frame : null;
        }
    }
}
