using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Clock;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Clock;

/// <summary>A machine whose wall clock is put forward and back.</summary>
public sealed class GuardedTimeTests
{
    private const double Day = 86_400;

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);

    private readonly SettableTime _machine = new(Start);
    private readonly LineLog _log = new();
    private readonly GuardedTime _time;

    public GuardedTimeTests() => _time = new GuardedTime(_machine, _log);

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    [InlineData(0.5)]
    public void Follows_a_small_correction_quietly(double seconds)
    {
        _machine.Jump(TimeSpan.FromSeconds(seconds));
        Walk(60);

        Assert.Equal(Start.AddSeconds(60 + seconds), _time.GetUtcNow());
        Assert.Equal(ClockTrust.Followed, _time.State.Trust);
    }

    [Theory]
    [InlineData(Day)]
    [InlineData(-Day)]
    [InlineData(2.5)]
    [InlineData(-2.5)]
    [InlineData(-50 * 365 * Day)]
    public void Goes_on_by_itself_when_the_wall_clock_jumps(double seconds)
    {
        _machine.Jump(TimeSpan.FromSeconds(seconds));
        Walk(60);

        Assert.Equal(Start.AddSeconds(60), _time.GetUtcNow());
        Assert.Equal(
            new ClockState(ClockTrust.Jumped, Start.AddSeconds(60 + seconds), Start.AddSeconds(60), Start.AddSeconds(601), null),
            _time.State);
        Assert.Equal(TimeSpan.FromSeconds(seconds), _time.State.Ahead);
    }

    [Fact]
    public void Counts_the_time_between_two_looks()
    {
        _machine.Advance(TimeSpan.FromSeconds(30));
        _machine.Jump(TimeSpan.FromHours(1));
        _machine.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(Start.AddSeconds(50), _time.GetUtcNow());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void Follows_the_wall_clock_when_that_is_set_back(double remains)
    {
        _machine.Jump(TimeSpan.FromSeconds(Day));
        Walk(60);
        _machine.Jump(TimeSpan.FromSeconds(remains - Day));

        Assert.Equal(Start.AddSeconds(60 + remains), _time.GetUtcNow());
        Assert.Equal((ClockTrust.Followed, TimeSpan.Zero), (_time.State.Trust, _time.State.Ahead));
    }

    [Fact]
    public void Follows_a_jump_that_stays_for_ten_minutes()
    {
        _machine.Jump(TimeSpan.FromSeconds(Day));
        Walk(600);
        Assert.Equal(Start.AddSeconds(600), _time.GetUtcNow());

        Walk(1);

        Assert.Equal(Start.AddSeconds(Day + 601), _time.GetUtcNow());
        Assert.Equal(ClockTrust.Followed, _time.State.Trust);
    }

    [Fact]
    public void Counts_the_ten_minutes_anew_after_another_jump()
    {
        _machine.Jump(TimeSpan.FromSeconds(Day));
        Walk(500);
        _machine.Jump(TimeSpan.FromSeconds(Day));
        Walk(500);
        Assert.Equal(Start.AddSeconds(1000), _time.GetUtcNow());

        Walk(101);

        Assert.Equal(Start.AddSeconds((2 * Day) + 1101), _time.GetUtcNow());
    }

    [Fact]
    public void Follows_a_confirmed_jump_at_once()
    {
        _machine.Jump(TimeSpan.FromSeconds(-Day));
        Walk(5);

        _time.Confirm();
        Walk(5);

        Assert.Equal(Start.AddSeconds(10 - Day), _time.GetUtcNow());
        Assert.Equal(ClockTrust.Followed, _time.State.Trust);
    }

    [Fact]
    public void Timestamps_and_timers_are_those_of_the_machine()
    {
        var rung = 0;
        using var timer = _time.CreateTimer(_ => rung++, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        var since = _time.GetTimestamp();
        _machine.Jump(TimeSpan.FromSeconds(Day));

        _machine.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, rung);
        _machine.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((1, TimeSpan.FromSeconds(10)), (rung, _time.GetElapsedTime(since)));
    }

    [Fact]
    public void Clock_before_an_instant_that_has_passed_is_known_to_be_wrong()
    {
        _time.Passed(Start.AddDays(3));
        Assert.Equal((ClockTrust.Behind, Start.AddDays(3)), (_time.State.Trust, _time.State.Recorded));
        Assert.Equal(Start, _time.GetUtcNow());

        // As the first answer of a time server sets it.
        _machine.Jump(TimeSpan.FromDays(4));

        Assert.Equal((Start.AddDays(4), ClockTrust.Followed), (_time.GetUtcNow(), _time.State.Trust));
    }

    [Fact]
    public void Clock_known_to_be_wrong_may_not_jump_back()
    {
        _time.Passed(Start.AddDays(3));
        _machine.Jump(TimeSpan.FromDays(-1));

        Assert.Equal((Start, ClockTrust.Jumped), (_time.GetUtcNow(), _time.State.Trust));
    }

    [Fact]
    public void Confirmation_ends_the_doubt_of_a_clock_that_is_behind()
    {
        _time.Passed(Start.AddDays(3));

        _time.Confirm();

        Assert.Equal((Start, ClockTrust.Followed), (_time.GetUtcNow(), _time.State.Trust));
    }

    [Fact]
    public void Thread_put_aside_between_both_clocks_sees_no_jump()
    {
        var time = new GuardedTime(new Interrupted(_machine), _log);

        Assert.Equal(Start.AddSeconds(5), time.GetUtcNow());
        Assert.Equal(ClockTrust.Followed, time.State.Trust);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Log_tells_how_a_jump_begins_and_ends()
    {
        _machine.Jump(TimeSpan.FromSeconds(Day));
        Walk(3);
        _machine.Jump(TimeSpan.FromSeconds(-Day));
        Walk(3);
        _machine.Jump(TimeSpan.FromSeconds(Day));
        Walk(602);

        Assert.Equal(
            ["jumped by 1.00:00:00", "set back to", "jumped by 1.00:00:00", "stayed for 00:10:00"], _log.Lines.Select(Gist));

        static string Gist(string line) =>
            Regex.Match(
                line, "jumped by [0-9.:]*[0-9]|set back to|stayed for [0-9:]*[0-9]", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
    }

    /// <summary>Somebody asks for the time every second.</summary>
    private void Walk(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _machine.Advance(TimeSpan.FromSeconds(1));
            _time.GetUtcNow();
        }
    }

    private sealed class LineLog : ILogger<GuardedTime>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }

    /// <summary>Five seconds pass once, after the wall clock was read and before it is compared.</summary>
    private sealed class Interrupted(SettableTime machine) : TimeProvider
    {
        private int _reads;

        public override long TimestampFrequency => machine.TimestampFrequency;

        public override long GetTimestamp() => machine.GetTimestamp();

        public override DateTimeOffset GetUtcNow()
        {
            var now = machine.GetUtcNow();
            if (++_reads == 2)
            {
                machine.Advance(TimeSpan.FromSeconds(5));
            }

            return now;
        }
    }
}
