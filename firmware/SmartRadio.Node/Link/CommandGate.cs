using SmartRadio.Node.Clock;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Link
{
    /// <summary>Lets through only what the controller said, to this node, for the first time and in time.</summary>
    public sealed class CommandGate
    {
        private readonly NodeIdentity _identity;
        private readonly Counters _counters;
        private readonly NodeClock _clock;

        public CommandGate(NodeIdentity identity, Counters counters, NodeClock clock)
        {
            _identity = identity;
            _counters = counters;
            _clock = clock;
        }

        /// <summary>The keys under which the message let through last was sealed.</summary>
        public NodeKeys Signed { get; private set; }

        /// <summary>True once the controller was heard since power-on.</summary>
        public bool HasHeard { get; private set; }

        /// <summary>
        /// Checks a message and stores its counter, so that even a power cut in the middle of its effect cannot make it count
        /// twice. Replies are bound to a request of ours instead. <see cref="ReceiptReason.None"/> lets it through.
        /// </summary>
        /// <param name="message">The bytes received.</param>
        /// <param name="envelope">What <see cref="Envelope.Parse"/> made of them; null when malformed.</param>
        public ReceiptReason Check(byte[] message, Envelope envelope)
        {
            if (envelope == null)
            {
                return ReceiptReason.Malformed;
            }

            if (!Mac.Matches(_identity.Id, envelope.NodeId, 0) || !IsAuthentic(message))
            {
                return ReceiptReason.Unauthenticated;
            }

            HasHeard = true;
            if (envelope.Type >= Envelope.FirstReply)
            {
                return ReceiptReason.None;
            }

            if (envelope.Counter <= _counters.Command)
            {
                return ReceiptReason.Replayed;
            }

            // Silence is safe: a stop is obeyed even when the node cannot tell how old it is, or cannot keep that it was.
            bool isStop = envelope.Type == (byte)CommandType.Stop;
            if (!isStop && (!_clock.IsSet || _counters.IsLost))
            {
                return ReceiptReason.NotRunning;
            }

            if (_clock.IsSet && _clock.Now > envelope.Expires)
            {
                return ReceiptReason.Expired;
            }

            return _counters.Accept(envelope.Counter, envelope.Issued) || isStop ? ReceiptReason.None : ReceiptReason.StorageFull;
        }

        private bool IsAuthentic(byte[] message)
        {
            Keyring keys = _identity.Keyring;
            if (Envelope.IsAuthentic(message, keys.Current.Command))
            {
                Signed = keys.Current;
                keys.Confirmed();
                return true;
            }

            Signed = keys.Previous;
            return Signed != null && Envelope.IsAuthentic(message, Signed.Command);
        }
    }
}
