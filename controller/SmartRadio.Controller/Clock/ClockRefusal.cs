namespace SmartRadio.Controller.Clock;

/// <summary>Why something about the clock was refused.</summary>
[RefusalCodes]
public static class ClockRefusal
{
    /// <summary>There is nothing to confirm.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string ClockFollowed = nameof(ClockFollowed);
}
