using System.Security.Cryptography;
using System.Text;

namespace SmartRadio.Protocol
{
    /// <summary>
    /// The keys of one node, each HMAC-SHA256(secret, label): knowing one tells nothing of the secret or of another.
    /// </summary>
    public sealed class NodeKeys
    {
        /// <summary>Bytes of <see cref="Wrap"/>: the device's AES takes keys of this length alone.</summary>
        public const int WrapLength = 16;

        /// <param name="secret">32 random bytes made at enrolment.</param>
        public NodeKeys(byte[] secret)
        {
            Command = Derive(secret, "smartradio command 1");
            Up = Derive(secret, "smartradio up 1");
            byte[] wrap = Encoding.UTF8.GetBytes("smartradio wrap 1");
            Wrap = Mac.Compute(secret, wrap, wrap.Length, WrapLength);
            Store = Derive(secret, "smartradio store 1");
            BrokerPassword = Hex.Encode(Derive(secret, "smartradio broker 1"));
        }

        /// <summary>Authenticates commands to the node.</summary>
        public byte[] Command { get; }

        /// <summary>Authenticates what the node sends.</summary>
        public byte[] Up { get; }

        /// <summary>AES-128 key under which other keys travel, see <see cref="KeyWrap"/>.</summary>
        public byte[] Wrap { get; }

        /// <summary>Seals what the node keeps for itself, so that a storage card written elsewhere is rejected.</summary>
        public byte[] Store { get; }

        /// <summary>Password of the node's broker account; its user name is the node id in hexadecimal.</summary>
        public string BrokerPassword { get; }

        private static byte[] Derive(byte[] secret, string label)
        {
            return HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(label));
        }
    }
}
