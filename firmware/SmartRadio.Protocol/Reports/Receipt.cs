namespace SmartRadio.Protocol.Reports
{
    /// <summary>
    /// One thing that happened on a node. Numbers rise by one for the node's whole life, so a receipt is stored once however
    /// often it is sent. Layout: number u32, broadcast i64, step u8, reason u8, instant i64, samples u32.
    /// </summary>
    public sealed class Receipt
    {
        /// <summary>Bytes of a receipt on the wire.</summary>
        public const int Length = 26;

        public long Number { get; set; }

        /// <summary>The broadcast it is about; 0 for a rejected command that names none.</summary>
        public long Broadcast { get; set; }

        public ReceiptStep Step { get; set; }

        public ReceiptReason Reason { get; set; }

        /// <summary>Unix milliseconds on the node's synchronised clock.</summary>
        public long Instant { get; set; }

        /// <summary>Samples of this broadcast handed to the output so far.</summary>
        public long Samples { get; set; }

        public void Write(WireWriter writer)
        {
            writer.U32(Number);
            writer.I64(Broadcast);
            writer.U8((byte)Step);
            writer.U8((byte)Reason);
            writer.I64(Instant);
            writer.U32(Samples);
        }

        public static Receipt Read(WireReader reader)
        {
            Receipt receipt = new Receipt();
            receipt.Number = reader.U32();
            receipt.Broadcast = reader.I64();
            receipt.Step = (ReceiptStep)reader.U8();
            receipt.Reason = (ReceiptReason)reader.U8();
            receipt.Instant = reader.I64();
            receipt.Samples = reader.U32();
            return receipt;
        }
    }
}
