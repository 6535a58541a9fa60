namespace SmartRadio.Controller.Link.Keys;

/// <summary>A node's next secret, from the moment somebody asks for it until the node has used it.</summary>
public sealed class NodeRotation
{
    public required string NodeId { get; set; }

    /// <summary>Number of the next secret.</summary>
    public byte KeyId { get; set; }

    /// <summary>32 bytes, encrypted with ASP.NET Data Protection.</summary>
    public required byte[] ProtectedSecret { get; set; }

    public DateTimeOffset BegunAt { get; set; }
}
