using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Link
{
    /// <summary>Takes the controller's answers to a node that lost its counters.</summary>
    public sealed class ResumeReplyHandler : ICommandHandler
    {
        private readonly CounterRecovery _recovery;

        public ResumeReplyHandler(CounterRecovery recovery)
        {
            _recovery = recovery;
        }

        public CommandType Type
        {
            get { return CommandType.ResumeReply; }
        }

        public ReceiptReason Handle(byte[] body, NodeKeys signed)
        {
            ResumeReply reply = ResumeReply.Read(body);
            return reply == null || !_recovery.Answered(reply) ? ReceiptReason.Malformed : ReceiptReason.None;
        }
    }
}
