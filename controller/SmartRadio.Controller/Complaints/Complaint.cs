namespace SmartRadio.Controller.Complaints;

/// <summary>What was wrong with what somebody heard.</summary>
public enum ComplaintKind
{
    TooLoud,
    TooEarly,
    Silent,

    /// <summary>Anything else; the words say what.</summary>
    Other,
}

/// <summary>How far a complaint got.</summary>
public enum ComplaintState
{
    /// <summary>Neither answered nor closed.</summary>
    Waiting,
    Answered,
    Closed,
}

/// <summary>What a resident says of one loudspeaker, and what became of it.</summary>
public sealed class Complaint
{
    public long Id { get; set; }

    public required string NodeId { get; set; }

    /// <summary>The node's area at the time.</summary>
    public long AreaId { get; set; }

    public ComplaintKind Kind { get; set; }

    /// <summary>When it was heard, or not heard.</summary>
    public DateTimeOffset HeardAt { get; set; }

    /// <summary>One line; may be empty but for <see cref="ComplaintKind.Other"/>.</summary>
    public required string Words { get; set; }

    /// <summary>The words in lower case and without marks, as searches compare them.</summary>
    public required string Folded { get; set; }

    /// <summary>Personal; see <see cref="CallerForgetter"/>.</summary>
    public string? CallerName { get; set; }

    /// <summary>Personal; see <see cref="CallerForgetter"/>.</summary>
    public string? CallerPhone { get; set; }

    /// <summary>Who noted it; null when it came by the public form.</summary>
    public string? CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The one-time token of the public form; null when somebody noted it.</summary>
    public string? RequestKey { get; set; }

    public string? Answer { get; set; }

    public string? AnsweredById { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public string? ClosedById { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public ComplaintState State => ClosedAt is not null ? ComplaintState.Closed
        : AnsweredAt is not null ? ComplaintState.Answered
        : ComplaintState.Waiting;
}
