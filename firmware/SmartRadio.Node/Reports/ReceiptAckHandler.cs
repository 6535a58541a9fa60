using SmartRadio.Node.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Reports
{
    /// <summary>Forgets the receipts that the controller has stored.</summary>
    public sealed class ReceiptAckHandler : ICommandHandler
    {
        private readonly ReceiptReporter _receipts;

        public ReceiptAckHandler(ReceiptReporter receipts)
        {
            _receipts = receipts;
        }

        public CommandType Type
        {
            get { return CommandType.ReceiptAck; }
        }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            ReceiptAck ack = ReceiptAck.Read(envelope.Body);
            if (ack == null)
            {
                return ReceiptReason.Malformed;
            }

            _receipts.Acknowledged(ack);
            return ReceiptReason.None;
        }
    }
}
