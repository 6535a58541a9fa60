namespace SmartRadio.Protocol.Commands
{
    /// <summary>
    /// A node that lost its counters, or never had any, asks where it stood. Body: 16 bytes that it never used before. Taken
    /// whatever the envelope's counter: it changes nothing at the controller.
    /// </summary>
    public sealed class ResumeRequest
    {
        public const int NonceLength = 16;

        public byte[] Nonce { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(NonceLength);
            writer.Bytes(Nonce);
            return writer.ToArray();
        }

        /// <summary>The request, or null when it is malformed.</summary>
        public static ResumeRequest Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            ResumeRequest request = new ResumeRequest();
            request.Nonce = reader.Bytes(NonceLength);
            return reader.Complete ? request : null;
        }
    }

    /// <summary>
    /// What the node must stay above, bound to its request by the 16 bytes.
    /// Body: those 16 bytes, up counter i64, command counter i64, receipt u32.
    /// </summary>
    public sealed class ResumeReply
    {
        /// <summary>Start numbers above it would make a counter negative.</summary>
        private const long LastStart = int.MaxValue - 1;

        public byte[] Nonce { get; set; }

        /// <summary>The highest counter taken from the node; 0 when it was never heard.</summary>
        public long UpCounter { get; set; }

        /// <summary>The counter of the last command given out, to whomever.</summary>
        public long CommandCounter { get; set; }

        /// <summary>Number of the last receipt stored of this node.</summary>
        public long Receipt { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(ResumeRequest.NonceLength + 20);
            writer.Bytes(Nonce);
            writer.I64(UpCounter);
            writer.I64(CommandCounter);
            writer.U32(Receipt);
            return writer.ToArray();
        }

        /// <summary>The reply, or null when it is malformed.</summary>
        public static ResumeReply Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            ResumeReply reply = new ResumeReply();
            reply.Nonce = reader.Bytes(ResumeRequest.NonceLength);
            reply.UpCounter = reader.I64();
            reply.CommandCounter = reader.I64();
            reply.Receipt = reader.U32();
            bool isPossible = reply.UpCounter >= 0 && reply.UpCounter >> 32 < LastStart && reply.CommandCounter >= 0;
            return reader.Complete && isPossible ? reply : null;
        }
    }
}
