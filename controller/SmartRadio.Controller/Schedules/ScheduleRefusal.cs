namespace SmartRadio.Controller.Schedules;

/// <summary>Why something about schedules was refused.</summary>
[RefusalCodes]
public static class ScheduleRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownSchedule = nameof(UnknownSchedule);

    /// <summary>With the most schedules that are neither cancelled nor over.</summary>
    public const string TooManySchedules = nameof(TooManySchedules);

    /// <summary>With the most areas and nodes that all schedules together may name.</summary>
    public const string TooManyScheduleIds = nameof(TooManyScheduleIds);

    /// <summary>The same of one person's schedules.</summary>
    public const string TooManyOwnScheduleIds = nameof(TooManyOwnScheduleIds);

    public const string EndBeforeStart = nameof(EndBeforeStart);

    public const string NoWeekday = nameof(NoWeekday);

    public const string NoOccurrence = nameof(NoOccurrence);

    public const string RepeatsOutOfRange = nameof(RepeatsOutOfRange);

    /// <summary>Only drills and warnings have their own way; a schedule carries none.</summary>
    public const string EmergencyBySchedule = nameof(EmergencyBySchedule);

    public const string GapOutOfRange = nameof(GapOutOfRange);
}
