using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node
{
    /// <summary>Takes the node over to a new secret.</summary>
    public sealed class KeyDesk
    {
        private readonly NodeHardware _hardware;
        private readonly Keyring _keys;
        private readonly HeartbeatReporter _heartbeat;

        public KeyDesk(NodeHardware hardware, Keyring keys, HeartbeatReporter heartbeat)
        {
            _hardware = hardware;
            _keys = keys;
            _heartbeat = heartbeat;
        }

        /// <summary>Stores the new secret, then says so in the first message under it.</summary>
        /// <param name="command">What came.</param>
        /// <param name="signed">The keys under which it came.</param>
        public ReceiptReason Rotate(RotateCommand command, NodeKeys signed)
        {
            if (command.KeyId == _keys.Id)
            {
                // Said again because our answer was lost.
                _heartbeat.Hurry();
                return ReceiptReason.None;
            }

            if (signed != _keys.Current)
            {
                // Whoever has only the earlier secret has no say in the next.
                return ReceiptReason.Unauthenticated;
            }

            byte[] secret = _hardware.Cipher.Decrypt(signed.Wrap, command.WrappedSecret);
            if (!_keys.Rotate(command.KeyId, secret))
            {
                return ReceiptReason.StorageFull;
            }

            _heartbeat.Hurry();
            return ReceiptReason.None;
        }
    }
}
