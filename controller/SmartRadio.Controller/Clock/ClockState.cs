namespace SmartRadio.Controller.Clock;

/// <summary>How the program stands to its machine's clock.</summary>
public enum ClockTrust
{
    /// <summary>It goes by it.</summary>
    Followed,

    /// <summary>It jumped; the program goes by the monotonic clock until the jump is confirmed.</summary>
    Jumped,

    /// <summary>It goes by it, though it shows an instant before the last one recorded.</summary>
    Behind,
}

/// <summary>What the two clocks show at one moment.</summary>
/// <param name="Trust">Whether the program goes by the machine's clock.</param>
/// <param name="Machine">The machine's wall clock.</param>
/// <param name="Program">The time by which schedules, nodes and pages go.</param>
/// <param name="FollowedAt">When the program will follow a jump that stays, in its own time; null without a jump.</param>
/// <param name="Recorded">The last instant recorded before this start, as far as it is known.</param>
public sealed record ClockState(
    ClockTrust Trust, DateTimeOffset Machine, DateTimeOffset Program, DateTimeOffset? FollowedAt, DateTimeOffset? Recorded)
{
    /// <summary>How far the machine's clock is before the program's.</summary>
    public TimeSpan Ahead => Machine - Program;
}
