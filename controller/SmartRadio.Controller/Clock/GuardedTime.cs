using Microsoft.Extensions.Logging;

namespace SmartRadio.Controller.Clock;

/// <summary>
/// The time of the whole program: the machine's clock without its jumps. Whenever it is asked it compares how far wall clock and
/// monotonic clock have gone since. Where they differ by more than <see cref="Tolerated"/> it goes on with the monotonic clock
/// until the wall clock is back, an administrator confirms it, or the jump has stayed for <see cref="Stay"/>.
/// </summary>
/// <param name="machine">Wall clock, timestamps and timers of the machine.</param>
/// <param name="logger">Says when a jump begins and how it ends.</param>
public sealed class GuardedTime(TimeProvider machine, ILogger<GuardedTime> logger) : TimeProvider
{
    /// <summary>Corrections up to this, as NTP makes them, are followed at once.</summary>
    public static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(2);

    /// <summary>A jump that stays for so long is taken for a correction.</summary>
    public static readonly TimeSpan Stay = TimeSpan.FromMinutes(10);

    // Whoever is put aside for longer between the two clocks has not read them together.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private DateTimeOffset _anchor = machine.GetUtcNow();
    private long _anchored = machine.GetTimestamp();
    private Jump? _jump;
    private DateTimeOffset? _recorded;

    private enum Turn
    {
        None,
        Jumped,
        Held,
        Returned,
        Stayed,
        SetRight,
    }

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>What both clocks show now, and whether they agree.</summary>
    public ClockState State
    {
        get
        {
            var (shown, program) = Look();
            lock (_gate)
            {
                return new ClockState(
                    TrustAt(program), shown, program, _jump is { } jump ? program + Left(jump) : null, _recorded);
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => Look().Program;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>
    /// Tells of an instant that is known to have passed. While the clock shows an earlier one it is known to be wrong, and a jump
    /// forward needs no confirmation.
    /// </summary>
    public void Passed(DateTimeOffset instant)
    {
        lock (_gate)
        {
            _recorded = instant;
        }

        if (State is { Trust: ClockTrust.Behind } behind)
        {
            logger.LogWarning(
                "The machine's clock shows {Machine:O}, earlier than the last entry of the audit log, {Recorded:O}",
                behind.Machine, instant);
        }
    }

    /// <summary>Follows the machine's clock from now on, as a person says that it is right.</summary>
    public void Confirm()
    {
        var (shown, program) = Look();
        lock (_gate)
        {
            (var now, _anchored) = Read();
            (_anchor, _jump, _recorded) = (now, null, null);
        }

        logger.LogWarning("The machine's clock is confirmed: the program goes from {Program:O} to {Machine:O}", program, shown);
    }

    private (DateTimeOffset Shown, DateTimeOffset Program) Look()
    {
        DateTimeOffset shown;
        DateTimeOffset program;
        Turn turn;
        lock (_gate)
        {
            (shown, var stamp) = Read();
            turn = Judge(shown, stamp);
            program = Steady(stamp);
        }

        Say(turn, shown, program);
        return (shown, program);
    }

    private (DateTimeOffset Shown, long Stamp) Read()
    {
        while (true)
        {
            var before = machine.GetTimestamp();
            var shown = machine.GetUtcNow();
            var stamp = machine.GetTimestamp();
            if (machine.GetElapsedTime(before, stamp) < Together)
            {
                return (shown, stamp);
            }
        }
    }

    /// <summary>
    /// The time by the monotonic clock alone. The anchor stays during a jump: steps of it would add up their rounding.
    /// </summary>
    private DateTimeOffset Steady(long stamp) => _anchor + machine.GetElapsedTime(_anchored, stamp);

    private TimeSpan Left(Jump jump) => Stay - machine.GetElapsedTime(jump.Since);

    private ClockTrust TrustAt(DateTimeOffset program) =>
        _jump is not null ? ClockTrust.Jumped : _recorded is { } recorded && program < recorded - Tolerated
            ? ClockTrust.Behind
            : ClockTrust.Followed;

    private Turn Judge(DateTimeOffset shown, long stamp)
    {
        var steady = Steady(stamp);
        var ahead = shown - steady;
        var agrees = ahead.Duration() <= Tolerated;
        var turn = _jump switch
        {
            null when agrees => Turn.None,
            null when ahead > TimeSpan.Zero && TrustAt(steady) == ClockTrust.Behind => Turn.SetRight,
            null => Turn.Jumped,
            _ when agrees => Turn.Returned,
            { } jump when (ahead - jump.Ahead).Duration() > Tolerated => Turn.Jumped,
            { } jump when machine.GetElapsedTime(jump.Since, stamp) >= Stay => Turn.Stayed,
            _ => Turn.Held,
        };
        if (turn == Turn.Jumped)
        {
            (_anchor, _anchored, _jump) = (steady, stamp, new Jump(ahead, stamp));
        }
        else if (turn != Turn.Held)
        {
            (_anchor, _anchored, _jump) = (shown, stamp, null);
        }

        return turn;
    }

    private void Say(Turn turn, DateTimeOffset shown, DateTimeOffset program)
    {
        switch (turn)
        {
            case Turn.Jumped:
                logger.LogWarning(
                    "The machine's clock jumped by {Ahead}: it shows {Machine:O}, and the program goes on at {Program:O} until that is confirmed",
                    shown - program, shown, program);
                break;
            case Turn.Returned:
                logger.LogInformation("The machine's clock has been set back to {Machine:O}, and the program follows it", shown);
                break;
            case Turn.Stayed:
                logger.LogWarning(
                    "The jump of the machine's clock has stayed for {Stay}: the program follows it to {Machine:O}", Stay, shown);
                break;
            case Turn.SetRight:
                logger.LogWarning(
                    "The machine's clock, which was behind, has been set to {Machine:O}, and the program follows it", shown);
                break;
            case Turn.None:
            case Turn.Held:
            default:
                break;
        }
    }

    /// <param name="Ahead">The machine's clock before the program's.</param>
    /// <param name="Since">Timestamp of its first sight.</param>
    private sealed record Jump(TimeSpan Ahead, long Since);
}
