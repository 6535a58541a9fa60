namespace SmartRadio.Protocol.Commands
{
    /// <summary>Plays the built-in test chime at once; it obeys quiet hours and never pre-empts. Body: volume u8.</summary>
    public sealed class ChimeCommand
    {
        /// <summary>Percent, 0 to 100; 255 = the node's own volume.</summary>
        public int Volume { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(1);
            writer.U8(Volume);
            return writer.ToArray();
        }

        /// <summary>The command, or null when it is malformed.</summary>
        public static ChimeCommand Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            ChimeCommand command = new ChimeCommand();
            command.Volume = reader.U8();
            return reader.Complete && (command.Volume <= 100 || command.Volume == 255) ? command : null;
        }
    }
}
