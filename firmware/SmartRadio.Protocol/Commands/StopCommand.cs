namespace SmartRadio.Protocol.Commands
{
    /// <summary>Stops one broadcast, or whatever is on air, at once. Body: broadcast i64.</summary>
    public sealed class StopCommand
    {
        /// <summary>The broadcast to stop and not to start again; 0 = everything that is on air now.</summary>
        public long Broadcast { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(8);
            writer.I64(Broadcast);
            return writer.ToArray();
        }

        /// <summary>The command, or null when it is malformed.</summary>
        public static StopCommand Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            StopCommand command = new StopCommand();
            command.Broadcast = reader.I64();
            return reader.Complete && command.Broadcast >= 0 ? command : null;
        }
    }
}
