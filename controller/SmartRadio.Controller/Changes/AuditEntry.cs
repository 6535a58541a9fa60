namespace SmartRadio.Controller.Changes;

/// <summary>
/// One change by a person or the program. Each row's hash covers the row before it, so none can be altered or removed unseen.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public string? PersonId { get; set; }

    /// <summary>"Cán bộ [lan]": the shown name and, of a person, the account.</summary>
    public required string ActorName { get; set; }

    /// <summary>What was done, in the form noun.verb: "bulletin.approve".</summary>
    public required string Action { get; set; }

    /// <summary>What it was done to: "bulletin 12".</summary>
    public required string Subject { get; set; }

    /// <summary>JSON with the particulars; never a secret.</summary>
    public required string Detail { get; set; }

    public required byte[] PreviousHash { get; set; }

    public required byte[] Hash { get; set; }
}
