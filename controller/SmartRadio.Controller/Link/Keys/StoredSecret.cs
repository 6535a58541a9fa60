namespace SmartRadio.Controller.Link.Keys;

/// <summary>A node's present secret.</summary>
public sealed class StoredSecret
{
    public required string NodeId { get; set; }

    /// <summary>Which of the node's secrets is in use; rises with each rotation.</summary>
    public byte KeyId { get; set; }

    /// <summary>32 bytes, encrypted with ASP.NET Data Protection; empty once revoked.</summary>
    public required byte[] ProtectedSecret { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
