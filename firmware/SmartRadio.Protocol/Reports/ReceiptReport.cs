namespace SmartRadio.Protocol.Reports
{
    /// <summary>Receipts with consecutive numbers. Body: count u8, receipts. Kept and sent again until acknowledged.</summary>
    public sealed class ReceiptReport
    {
        /// <summary>Receipts that fit one message.</summary>
        public const int MaxReceipts = 64;

        public Receipt[] Receipts { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(1 + (Receipts.Length * Receipt.Length));
            writer.U8(Receipts.Length);
            for (int i = 0; i < Receipts.Length; i++)
            {
                Receipts[i].Write(writer);
            }

            return writer.ToArray();
        }

        /// <summary>The report, or null when it is malformed or a receipt has an unknown step.</summary>
        public static ReceiptReport Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            int count = reader.U8();
            if (count == 0 || count > MaxReceipts || reader.Remaining != count * Receipt.Length)
            {
                return null;
            }

            ReceiptReport report = new ReceiptReport();
            report.Receipts = new Receipt[count];
            for (int i = 0; i < count; i++)
            {
                Receipt receipt = Receipt.Read(reader);
                if (receipt.Step < ReceiptStep.Received || receipt.Step > ReceiptStep.Missed || receipt.Broadcast < 0)
                {
                    return null;
                }

                report.Receipts[i] = receipt;
            }

            return reader.Complete ? report : null;
        }
    }

    /// <summary>
    /// The controller has stored receipts <see cref="First"/> to <see cref="Last"/>. Body: first u32, last u32.
    /// </summary>
    public sealed class ReceiptAck
    {
        public long First { get; set; }

        public long Last { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(8);
            writer.U32(First);
            writer.U32(Last);
            return writer.ToArray();
        }

        /// <summary>The acknowledgement, or null when it is malformed.</summary>
        public static ReceiptAck Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            ReceiptAck ack = new ReceiptAck();
            ack.First = reader.U32();
            ack.Last = reader.U32();
            return reader.Complete && ack.First <= ack.Last ? ack : null;
        }
    }
}
