namespace SmartRadio.Protocol
{
    /// <summary>
    /// Commands, controller to node. Replies answer one request of the node and are bound to it instead of to the counter.
    /// </summary>
    public enum CommandType : byte
    {
        None = 0,
        Plan = 1,
        Stop = 2,
        Chime = 3,
        StreamOpen = 4,
        Rotate = 5,
        Update = 6,
        ClockReply = 0x81,
        ReceiptAck = 0x82,
        ResumeReply = 0x83,
    }

    /// <summary>Messages, node to controller.</summary>
    public enum UpType : byte
    {
        None = 0,
        Hello = 1,
        Heartbeat = 2,
        Receipts = 3,
        ChunkRequest = 4,
        ClockRequest = 5,
        Health = 6,
        ResumeRequest = 7,
    }

    /// <summary>
    /// The authenticated frame around every command and every up message: version u8, type u8, key id u8, flags u8, node id 8,
    /// counter i64, issued i64, expires i64 (Unix ms), body length u16, body, and the first 16 bytes of HMAC-SHA256 over all
    /// before.
    /// </summary>
    public sealed class Envelope
    {
        public const int HeaderLength = 38;
        public const int MacLength = 16;

        /// <summary>Largest body in bytes.</summary>
        public const int MaxBody = WireSizes.MaxMessage - HeaderLength - MacLength;

        /// <summary>Types from here up are replies (see <see cref="CommandType"/>).</summary>
        public const byte FirstReply = 0x80;

        public byte Type { get; set; }

        public byte KeyId { get; set; }

        public byte Flags { get; set; }

        public byte[] NodeId { get; set; }

        /// <summary>Rises with every message of one sender; zero in replies.</summary>
        public long Counter { get; set; }

        /// <summary>Unix milliseconds.</summary>
        public long Issued { get; set; }

        /// <summary>Unix milliseconds after which the message is rejected.</summary>
        public long Expires { get; set; }

        public byte[] Body { get; set; }

        /// <summary>
        /// The frame's bytes with its MAC under <paramref name="key"/>. The body must not exceed <see cref="MaxBody"/>.
        /// </summary>
        public byte[] Seal(byte[] key)
        {
            WireWriter writer = new WireWriter(HeaderLength + Body.Length + MacLength);
            writer.U8(WireSizes.Version);
            writer.U8(Type);
            writer.U8(KeyId);
            writer.U8(Flags);
            writer.Bytes(NodeId);
            writer.I64(Counter);
            writer.I64(Issued);
            writer.I64(Expires);
            writer.U16(Body.Length);
            writer.Bytes(Body);
            byte[] signed = writer.ToArray();
            writer.Bytes(Mac.Compute(key, signed, signed.Length, MacLength));
            return writer.ToArray();
        }

        /// <summary>The frame, not yet authenticated, or null when it is malformed.</summary>
        public static Envelope Parse(byte[] message)
        {
            if (message.Length > WireSizes.MaxMessage)
            {
                return null;
            }

            WireReader reader = new WireReader(message);
            int version = reader.U8();
            Envelope envelope = new Envelope();
            envelope.Type = (byte)reader.U8();
            envelope.KeyId = (byte)reader.U8();
            envelope.Flags = (byte)reader.U8();
            envelope.NodeId = reader.Bytes(WireSizes.NodeIdLength);
            envelope.Counter = reader.I64();
            envelope.Issued = reader.I64();
            envelope.Expires = reader.I64();
            envelope.Body = reader.Bytes(reader.U16());
            reader.Bytes(MacLength);
            return reader.Complete && version == WireSizes.Version ? envelope : null;
        }

        /// <summary>True when the MAC at the end of <paramref name="message"/> is right under <paramref name="key"/>.</summary>
        public static bool IsAuthentic(byte[] message, byte[] key)
        {
            int signed = message.Length - MacLength;
            return signed > 0 && Mac.Matches(Mac.Compute(key, message, signed, MacLength), message, signed);
        }
    }
}
