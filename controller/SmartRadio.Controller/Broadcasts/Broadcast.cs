using SmartRadio.Wire;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What became of a broadcast as a whole; what each node did is in its targets.</summary>
public enum BroadcastState
{
    /// <summary>To be aired, or on air.</summary>
    Planned,

    /// <summary>Over and accounted for on every node.</summary>
    Finished,

    /// <summary>Stopped or cancelled by a person.</summary>
    Stopped,

    /// <summary>Its latest start passed before it could be planned; it is never played late.</summary>
    Missed,
}

/// <summary>One bulletin, an audience, a time.</summary>
public sealed class Broadcast
{
    public long Id { get; set; }

    public long BulletinId { get; set; }

    public BroadcastClass Class { get; set; }

    public DateTimeOffset Start { get; set; }

    /// <summary>After this a node no longer starts it.</summary>
    public DateTimeOffset LatestStart { get; set; }

    public TimeSpan Length { get; set; }

    public BroadcastState State { get; set; }

    /// <summary>The schedule that made it, or null when a person aired it.</summary>
    public long? ScheduleId { get; set; }

    public required Audience Audience { get; set; }

    public string? CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    public ICollection<Target> Targets { get; } = [];

    public DateTimeOffset End => Start + Length;
}
