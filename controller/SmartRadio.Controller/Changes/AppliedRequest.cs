namespace SmartRadio.Controller.Changes;

/// <summary>A one-time token that was used, kept for a day.</summary>
public sealed class AppliedRequest
{
    public required string PersonId { get; set; }

    /// <summary>See <see cref="Actor.RequestKey"/>.</summary>
    public required string Key { get; set; }

    public required string Action { get; set; }

    /// <summary>As in <see cref="AuditEntry.Subject"/>.</summary>
    public required string Subject { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>The request was carried out before; nothing was done again.</summary>
/// <param name="subject">What was done then, as in <see cref="AuditEntry.Subject"/>.</param>
public sealed class AlreadyAppliedException(string subject) : Exception($"Carried out before: {subject}")
{
    public string Subject { get; } = subject;
}
