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

    /// <summary>The first of the schedules that changes made one of another; null = it took no other's place.</summary>
    public long? SeriesId { get; set; }

    public long BulletinId { get; set; }

    public BroadcastClass Class { get; set; }

    public required Audience Audience { get; set; }

    /// <summary>First day, local.</summary>
    public DateOnly From { get; set; }

    /// <summary>Last day, local, inclusive; null = without end.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>Times of day, local, the earliest first.</summary>
    public required IReadOnlyList<TimeOnly> Times { get; set; }

    public Recurrence Recurrence { get; set; }

    /// <summary>Chosen days when <see cref="Recurrence"/> is weekly, as a bit set: bit 0 = Sunday.</summary>
    public int Weekdays { get; set; }

    /// <summary>
    /// Nothing is aired after it; null = no such limit. A schedule of so many times ends with the last of them.
    /// </summary>
    public DateTimeOffset? Last { get; set; }

    /// <summary>Days on which nothing is aired, such as those of Tết.</summary>
    public IReadOnlyList<SchedulePause> Pauses { get; set; } = [];

    public HolidayRule Holidays { get; set; }

    /// <summary>How often it is aired each time, at least 1.</summary>
    public int Repeats { get; set; } = 1;

    /// <summary>From the start of one repeat to the start of the next, at least the bulletin's length.</summary>
    public TimeSpan Distance { get; set; }

    /// <summary>How late a node may still start it.</summary>
    public TimeSpan Tolerance { get; set; }

    /// <summary>Broadcasts exist for every air time up to and including this instant.</summary>
    public DateTimeOffset PlannedThrough { get; set; }

    /// <summary>Of its broadcasts, see <see cref="Broadcast.Rank"/>.</summary>
    public long Rank { get; set; }

    public required string CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>No node hears what it makes, and it ends with the exercise.</summary>
    public bool IsExercise { get; set; }

    /// <summary>The last day on which it may air; null = without end.</summary>
    internal DateOnly? End => Recurrence == Recurrence.Once ? From : Until;

    /// <summary>The starts of all repeats of an air time.</summary>
    public IEnumerable<DateTimeOffset> Repeated(DateTimeOffset air) =>
        Enumerable.Range(0, Repeats).Select(repeat => air + (repeat * Distance));
}

public enum Recurrence
{
    Once,
    Daily,
    Weekly,

    /// <summary>On the day of the month on which it begins, or a shorter month's last day.</summary>
    Monthly,

    /// <summary>On the same weekday of each month, such as the second Monday; the fifth is the last.</summary>
    MonthlyWeekday,

    /// <summary>On the 1st and 15th of the lunar month.</summary>
    Lunar,
}

/// <summary>Whether public holidays differ from other days; which days they are says <see cref="HolidayCalendar"/>.</summary>
public enum HolidayRule
{
    Ignored,

    /// <summary>Nothing is aired on them.</summary>
    LeftOut,

    /// <summary>Of the days that the recurrence gives, it is aired on holidays alone.</summary>
    Only,
}

/// <summary>Days without broadcasts, local, both inclusive.</summary>
public sealed record SchedulePause(DateOnly From, DateOnly To)
{
    /// <summary>When it was set, if that was after the schedule was made.</summary>
    public DateTimeOffset? SetAt { get; init; }

    public bool Holds(DateOnly day) => From <= day && day <= To;
}
