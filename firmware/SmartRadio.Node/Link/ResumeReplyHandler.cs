using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Link
{
    /// <summary>Takes the controller's answers to a node that lost its counters.</summary>
    public sealed class ResumeReplyHandler : ICommandHandler
    {
        private readonly LostCounters _lostCounters;

        public ResumeReplyHandler(LostCounters lostCounters)
        {
            _lostCounters = lostCounters;
        }

        public CommandType Type
        {
            get { return CommandType.ResumeReply; }
        }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            ResumeReply reply = ResumeReply.Read(envelope.Body);
            return reply == null || !_lostCounters.Answered(reply) ? ReceiptReason.Malformed : ReceiptReason.None;
        }
    }
}
