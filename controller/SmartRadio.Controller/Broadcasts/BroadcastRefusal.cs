namespace SmartRadio.Controller.Broadcasts;

/// <summary>Why something about broadcasts was refused.</summary>
[RefusalCodes]
public static class BroadcastRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownBroadcast = nameof(UnknownBroadcast);

    public const string AudienceEmpty = nameof(AudienceEmpty);

    public const string AudienceHasNoNodes = nameof(AudienceHasNoNodes);

    public const string StartInPast = nameof(StartInPast);

    public const string StartTooFar = nameof(StartTooFar);

    public const string ToleranceOutOfRange = nameof(ToleranceOutOfRange);

    public const string UnknownClass = nameof(UnknownClass);

    public const string TooManyOwnBroadcasts = nameof(TooManyOwnBroadcasts);

    public const string TooManyBroadcasts = nameof(TooManyBroadcasts);

    /// <summary>With the most broadcasts of one person within 24 hours.</summary>
    public const string TooManyDayBroadcasts = nameof(TooManyDayBroadcasts);

    public const string InQuietHours = nameof(InQuietHours);

    [Refusal(RefusalKind.Conflict)]
    public const string AlreadyOver = nameof(AlreadyOver);

    /// <summary>With a start at which the same schedule airs already.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string AnotherThen = nameof(AnotherThen);

    [Refusal(RefusalKind.Conflict)]
    public const string TooLateToRestore = nameof(TooLateToRestore);

    /// <summary>A stop is in the books, and the link to the loudspeakers did not take it.</summary>
    [Refusal(RefusalKind.Unavailable)]
    public const string StopNotSent = nameof(StopNotSent);
}
