namespace SmartRadio.Node.Link
{
    /// <summary>What a <see cref="Happening"/> is.</summary>
    public enum HappeningKind
    {
        Connected,
        Disconnected,

        /// <summary>An attempt to connect led to nothing.</summary>
        Failed,

        Message,
    }

    /// <summary>Something the node's thread is to be told.</summary>
    public sealed class Happening
    {
        public HappeningKind Kind { get; set; }

        public string Topic { get; set; }

        public byte[] Payload { get; set; }
    }
}
