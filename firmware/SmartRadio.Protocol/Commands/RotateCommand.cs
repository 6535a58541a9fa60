namespace SmartRadio.Protocol.Commands
{
    /// <summary>
    /// Gives a node a new secret under the old one. Body: key id u8, secret 32 bytes, encrypted as <see cref="KeyWrap"/>
    /// says.
    /// </summary>
    public sealed class RotateCommand
    {
        /// <summary>Which of the node's secrets the new one is; never the one in use.</summary>
        public byte KeyId { get; set; }

        public byte[] WrappedSecret { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(1 + WireSizes.KeyLength);
            writer.U8(KeyId);
            writer.Bytes(WrappedSecret);
            return writer.ToArray();
        }

        /// <summary>The command, or null when it is malformed.</summary>
        public static RotateCommand Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            RotateCommand command = new RotateCommand();
            command.KeyId = (byte)reader.U8();
            command.WrappedSecret = reader.Bytes(WireSizes.KeyLength);
            return reader.Complete ? command : null;
        }
    }
}
