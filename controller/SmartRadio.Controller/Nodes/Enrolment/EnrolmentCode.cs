namespace SmartRadio.Controller.Nodes.Enrolment;

/// <summary>Lets one device become one node, once. The code itself is not kept.</summary>
public sealed class EnrolmentCode
{
    public long Id { get; set; }

    public required string NodeId { get; set; }

    /// <summary>See <see cref="EnrolmentCodeHash.Of"/>.</summary>
    public required byte[] Hash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}
