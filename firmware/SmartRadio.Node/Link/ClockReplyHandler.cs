using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Link
{
    /// <summary>Takes the controller's answers to clock requests.</summary>
    public sealed class ClockReplyHandler : ICommandHandler
    {
        private readonly ClockSync _sync;

        public ClockReplyHandler(ClockSync sync)
        {
            _sync = sync;
        }

        public CommandType Type
        {
            get { return CommandType.ClockReply; }
        }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            ClockReply reply = ClockReply.Read(envelope.Body);
            return reply == null || !_sync.Answered(reply) ? ReceiptReason.Malformed : ReceiptReason.None;
        }
    }
}
