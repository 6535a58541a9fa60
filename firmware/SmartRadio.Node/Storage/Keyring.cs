using SmartRadio.Protocol;

namespace SmartRadio.Node.Storage
{
    /// <summary>
    /// The node's keys across rotations. The secret of enrolment stays what seals the node's own storage; commands, up messages,
    /// wrapped keys and the broker's password follow the newest secret. The one before it counts until the controller has used
    /// the newest, so that neither a lost message nor a power cut can part the two.
    /// Stored: key id u8, secret 32, then the earlier key id and secret while it counts.
    /// </summary>
    public sealed class Keyring
    {
        private readonly byte[] _enrolled;
        private TwoSlotFile _file;
        private byte[] _secret;

        /// <param name="enrolled">32 bytes, as given to the node at enrolment.</param>
        public Keyring(byte[] enrolled)
        {
            _enrolled = enrolled;
            _secret = enrolled;
            Current = new NodeKeys(enrolled);
            Store = Current.Store;
        }

        /// <summary>Seals what the node keeps for itself.</summary>
        public byte[] Store { get; }

        /// <summary>The newest keys: what the node sends is under these.</summary>
        public NodeKeys Current { get; private set; }

        /// <summary>Number of the newest secret; the one of enrolment is 0.</summary>
        public byte Id { get; private set; }

        /// <summary>The keys before, while the controller may still use them; else null.</summary>
        public NodeKeys Previous { get; private set; }

        /// <summary>
        /// The storage lost the newest keys. What is left is the secret of enrolment, which the controller no longer knows: the
        /// node goes on with its plan and waits for a new enrolment.
        /// </summary>
        public bool IsDamaged { get; private set; }

        /// <summary>Takes up what was rotated before the power went.</summary>
        public void Open(TwoSlotFile file)
        {
            _file = file;
            Use(0, _enrolled, null);
            byte[] stored = file.Read();
            IsDamaged = file.IsDamaged;
            if (stored == null)
            {
                return;
            }

            WireReader reader = new WireReader(stored);
            byte id = (byte)reader.U8();
            byte[] secret = reader.Bytes(WireSizes.KeyLength);
            byte[] previous = reader.Remaining > 0 ? reader.Bytes(WireSizes.KeyLength) : null;
            if (reader.Complete)
            {
                Use(id, secret, previous);
            }
        }

        /// <summary>Puts a new secret beside the present one. False when the storage fails; then nothing has changed.</summary>
        public bool Rotate(byte id, byte[] secret)
        {
            byte[] previous = _secret;
            if (!Save(id, secret, previous))
            {
                return false;
            }

            Use(id, secret, previous);
            return true;
        }

        /// <summary>The controller has used the newest keys: the earlier ones are worth nothing from now on.</summary>
        public void Confirmed()
        {
            // If the storage fails, the file still holds the earlier ones, and the next command drops them again.
            if (Previous != null && Save(Id, _secret, null))
            {
                Previous = null;
            }
        }

        private bool Save(byte id, byte[] secret, byte[] previous)
        {
            WireWriter writer = new WireWriter(1 + (2 * WireSizes.KeyLength));
            writer.U8(id);
            writer.Bytes(secret);
            if (previous != null)
            {
                writer.Bytes(previous);
            }

            return _file.Write(writer.ToArray());
        }

        private void Use(byte id, byte[] secret, byte[] previous)
        {
            Id = id;
            _secret = secret;
            Current = new NodeKeys(secret);
            Previous = previous == null ? null : new NodeKeys(previous);
        }
    }
}
