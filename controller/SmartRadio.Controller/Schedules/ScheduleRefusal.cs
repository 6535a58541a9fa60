namespace SmartRadio.Controller.Schedules;

/// <summary>Why something about schedules was refused.</summary>
[RefusalCodes]
public static class ScheduleRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownSchedule = nameof(UnknownSchedule);

    /// <summary>With the schedule that a change put in its place meanwhile, and the first day of that one.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string ReplacedMeanwhile = nameof(ReplacedMeanwhile);

    /// <summary>With the most schedules that are neither cancelled nor over.</summary>
    public const string TooManySchedules = nameof(TooManySchedules);

    /// <summary>The same of one person's.</summary>
    public const string TooManyOwnSchedules = nameof(TooManyOwnSchedules);

    /// <summary>With the most areas and nodes that all schedules together may name.</summary>
    public const string TooManyScheduleIds = nameof(TooManyScheduleIds);

    /// <summary>The same of one person's schedules.</summary>
    public const string TooManyOwnScheduleIds = nameof(TooManyOwnScheduleIds);

    public const string EndBeforeStart = nameof(EndBeforeStart);

    public const string NoWeekday = nameof(NoWeekday);

    public const string NoOccurrence = nameof(NoOccurrence);

    public const string RepeatsOutOfRange = nameof(RepeatsOutOfRange);

    /// <summary>With the most times a day; each may stand once.</summary>
    public const string TimesOutOfRange = nameof(TimesOutOfRange);

    /// <summary>With two times of day and the minutes that all repeats take.</summary>
    public const string TimesTooClose = nameof(TimesTooClose);

    /// <summary>With the most air times after which a schedule may end.</summary>
    public const string CountOutOfRange = nameof(CountOutOfRange);

    /// <summary>With the most pauses; none ends before it begins, or before today.</summary>
    public const string PausesOutOfRange = nameof(PausesOutOfRange);

    /// <summary>With the most broadcasts of a week that are copied at once.</summary>
    public const string TooManyCopies = nameof(TooManyCopies);

    /// <summary>With the day on which none begins.</summary>
    [Refusal(RefusalKind.Unknown)]
    public const string NoSuchPause = nameof(NoSuchPause);

    /// <summary>With a start that the schedule's rule does not give, or whose broadcast was cancelled or moved.</summary>
    [Refusal(RefusalKind.Unknown)]
    public const string NoBroadcastThen = nameof(NoBroadcastThen);

    /// <summary>Only drills and warnings have their own way; a schedule carries none.</summary>
    public const string EmergencyBySchedule = nameof(EmergencyBySchedule);

    /// <summary>With the title of the bulletin, and the instant at which it starts on the same nodes already.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string AiredThenAlready = nameof(AiredThenAlready);

    /// <summary>With the title of what another area airs then: its order is not for others to say.</summary>
    public const string OrderOfOthers = nameof(OrderOfOthers);

    /// <summary>With the title of a bulletin that was returned, or that a newer one is to take the place of.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string BulletinReturned = nameof(BulletinReturned);

    public const string DistanceOutOfRange = nameof(DistanceOutOfRange);

    /// <summary>With the minutes that the bulletin takes, rounded up.</summary>
    public const string DistanceTooShort = nameof(DistanceTooShort);
}
