namespace SmartRadio.Controller.Schedules;

/// <summary>When a schedule is aired, in local time.</summary>
/// <param name="Recurrence">How it comes again.</param>
/// <param name="From">First day, not before today and at most a year ahead.</param>
/// <param name="Times">Times of day, to the second, 1 to 24 of them.</param>
public sealed record RecurrenceRule(Recurrence Recurrence, DateOnly From, IReadOnlyList<TimeOnly> Times)
{
    /// <summary>Last day, inclusive; null = without end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>After how many air times it ends, 1 to 1,000; null = without end.</summary>
    public int? Count { get; init; }

    /// <summary>Days on which nothing is aired, at most 20 spans.</summary>
    public IReadOnlyList<SchedulePause> Pauses { get; init; } = [];

    public HolidayRule Holidays { get; init; }

    /// <summary>The days of a weekly schedule.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];

    /// <summary>How often it is aired each time, 1 to 24.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>
    /// From the start of one repeat to the start of the next, up to 12 hours and not below the bulletin's length.
    /// </summary>
    public TimeSpan Distance { get; init; }
}
