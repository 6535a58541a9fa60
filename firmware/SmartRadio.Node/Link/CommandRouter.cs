using System.Collections;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Link
{
    /// <summary>Brings each command that passes the gate to its handler, and logs every one that was rejected.</summary>
    public sealed class CommandRouter
    {
        private readonly CommandGate _gate;
        private readonly RejectionLog _rejections;
        private readonly ArrayList _handlers = new ArrayList();

        public CommandRouter(CommandGate gate, RejectionLog rejections)
        {
            _gate = gate;
            _rejections = rejections;
        }

        public void Add(ICommandHandler handler)
        {
            _handlers.Add(handler);
        }

        /// <summary>Takes whatever came on the node's command topic.</summary>
        public void Take(byte[] message)
        {
            Envelope envelope = Envelope.Parse(message);
            ReceiptReason reason = _gate.Check(message, envelope);
            if (reason == ReceiptReason.None)
            {
                reason = CarryOut(envelope);
            }

            if (reason != ReceiptReason.None)
            {
                _rejections.Report(0, reason);
            }
        }

        private ReceiptReason CarryOut(Envelope envelope)
        {
            for (int i = 0; i < _handlers.Count; i++)
            {
                ICommandHandler handler = (ICommandHandler)_handlers[i];
                if (handler.Type == (CommandType)envelope.Type)
                {
                    return handler.Handle(envelope, _gate.Signed);
                }
            }

            return ReceiptReason.Malformed;
        }
    }
}
