namespace SmartRadio.Controller.Schedules;

/// <summary>When a schedule is aired, in local time.</summary>
/// <param name="Recurrence">How it comes again. Monthly means the day of <paramref name="From"/>, or a shorter month's last
/// day.</param>
/// <param name="From">First day, not before today and at most a year ahead.</param>
/// <param name="At">Time of day, to the second.</param>
public sealed record RecurrenceRule(Recurrence Recurrence, DateOnly From, TimeOnly At)
{
    /// <summary>Last day, inclusive; null = without end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The days of a weekly schedule.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];

    /// <summary>How often it is aired each time, 1 to 24.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>From the end of one repeat to the start of the next, 0 to 12 hours.</summary>
    public TimeSpan Gap { get; init; }
}
