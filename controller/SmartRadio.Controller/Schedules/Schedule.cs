using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// What makes broadcasts: a bulletin, an audience and a rule. The rule itself lives in Quartz's store as a trigger whose
/// fire times are the air times; this row holds what people see and how far the broadcasts are made.
/// </summary>
public sealed class Schedule
{
    public long Id { get; set; }

    public long BulletinId { get; set; }

    public BroadcastClass Class { get; set; }

    public required Audience Audience { get; set; }

    /// <summary>First day, local.</summary>
    public DateOnly From { get; set; }

    /// <summary>Last day, local, inclusive; null = without end.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>Time of day, local.</summary>
    public TimeOnly At { get; set; }

    public Recurrence Recurrence { get; set; }

    /// <summary>Chosen days when <see cref="Recurrence"/> is weekly, as a bit set: bit 0 = Sunday.</summary>
    public int Weekdays { get; set; }

    /// <summary>How often it is aired each time, at least 1.</summary>
    public int Repeats { get; set; } = 1;

    /// <summary>From the end of one repeat to the start of the next.</summary>
    public TimeSpan Gap { get; set; }

    /// <summary>How late a node may still start it.</summary>
    public TimeSpan Tolerance { get; set; }

    /// <summary>Broadcasts exist for every air time up to and including this instant.</summary>
    public DateTimeOffset PlannedThrough { get; set; }

    public required string CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }
}

public enum Recurrence
{
    Once,
    Daily,
    Weekly,
    Monthly,
}
