using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Link
{
    /// <summary>Takes the node over to a new secret. The answer is the next message under it.</summary>
    public sealed class RotateHandler : ICommandHandler
    {
        private readonly IBlockCipher _cipher;
        private readonly Keyring _keys;

        public RotateHandler(IBlockCipher cipher, Keyring keys)
        {
            _cipher = cipher;
            _keys = keys;
        }

        public CommandType Type
        {
            get { return CommandType.Rotate; }
        }

        /// <summary>
        /// Rotations carried out, or asked for again because the answer was lost: each wants a heartbeat at once.
        /// </summary>
        public int Answers { get; private set; }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            RotateCommand command = RotateCommand.Read(envelope.Body);
            ReceiptReason reason = command == null ? ReceiptReason.Malformed : Rotate(command, envelope.Counter, signed);
            Answers += reason == ReceiptReason.None ? 1 : 0;
            return reason;
        }

        private ReceiptReason Rotate(RotateCommand command, long counter, NodeKeys signed)
        {
            if (command.KeyId == _keys.Id)
            {
                return ReceiptReason.None;
            }

            if (signed != _keys.Current)
            {
                // Whoever has only the earlier secret has no say in the next.
                return ReceiptReason.Unauthenticated;
            }

            byte[] blocks = KeyWrap.CounterBlocks(counter, command.WrappedSecret.Length);
            byte[] secret = KeyWrap.Combine(command.WrappedSecret, _cipher.Encrypt(signed.Wrap, blocks));
            return _keys.Rotate(command.KeyId, secret) ? ReceiptReason.None : ReceiptReason.StorageFull;
        }
    }
}
