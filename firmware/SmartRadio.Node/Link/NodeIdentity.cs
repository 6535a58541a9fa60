using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Link
{
    /// <summary>Who the node is and what it can play.</summary>
    public sealed class NodeIdentity
    {
        /// <param name="id">8 bytes.</param>
        /// <param name="secret">32 bytes made at enrolment.</param>
        /// <param name="hardware">Name of the board, for the people who look after it.</param>
        /// <param name="firmware">Version of the program.</param>
        public NodeIdentity(byte[] id, byte[] secret, string hardware, string firmware)
        {
            Id = id;
            Name = Hex.Encode(id);
            Keyring = new Keyring(secret);
            Hardware = hardware;
            Firmware = firmware;
        }

        public byte[] Id { get; }

        /// <summary>The id as it stands on topics.</summary>
        public string Name { get; }

        public Keyring Keyring { get; }

        /// <summary>The newest keys.</summary>
        public NodeKeys Keys
        {
            get { return Keyring.Current; }
        }

        public string Hardware { get; }

        public string Firmware { get; }

        /// <summary>Bit set of the codecs that the node can play.</summary>
        public int Codecs
        {
            get { return (1 << (int)CodecId.ULaw8) | (1 << (int)CodecId.Ima8) | (1 << (int)CodecId.ULaw16); }
        }
    }
}
