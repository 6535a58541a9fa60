namespace SmartRadio.Controller.Releases;

/// <summary>Why something about releases and rollouts was refused.</summary>
[RefusalCodes]
public static class ReleaseRefusal
{
    public const string ReleaseNotAProgram = nameof(ReleaseNotAProgram);

    [Refusal(RefusalKind.TooLarge)]
    public const string ReleaseTooLarge = nameof(ReleaseTooLarge);

    public const string ReleaseVersionWrong = nameof(ReleaseVersionWrong);

    [Refusal(RefusalKind.Conflict)]
    public const string ReleaseVersionTaken = nameof(ReleaseVersionTaken);

    [Refusal(RefusalKind.Unknown)]
    public const string UnknownRelease = nameof(UnknownRelease);

    [Refusal(RefusalKind.Unknown)]
    public const string UnknownRollout = nameof(UnknownRollout);

    [Refusal(RefusalKind.Conflict)]
    public const string RolloutRunning = nameof(RolloutRunning);

    [Refusal(RefusalKind.Conflict)]
    public const string RolloutOver = nameof(RolloutOver);

    /// <summary>With the most releases.</summary>
    public const string TooManyReleases = nameof(TooManyReleases);

    /// <summary>With the most rollouts.</summary>
    public const string TooManyRollouts = nameof(TooManyRollouts);

    public const string NoFirstNodes = nameof(NoFirstNodes);
}
