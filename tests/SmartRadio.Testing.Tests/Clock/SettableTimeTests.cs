using SmartRadio.Testing.Clock;

namespace SmartRadio.Testing.Tests.Clock;

public sealed class SettableTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(7));

    private readonly SettableTime _time = new(Start);
    private readonly List<string> _rung = [];

    [Fact]
    public void Clock_stands_still_until_it_is_moved()
    {
        var timestamp = _time.GetTimestamp();

        Assert.Equal(Start, _time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(timestamp));
    }

    [Fact]
    public void Clock_moves_wall_time_and_timestamp_alike()
    {
        var timestamp = _time.GetTimestamp();

        _time.Advance(TimeSpan.FromTicks(7));

        Assert.Equal(Start.AddTicks(7), _time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _time.GetUtcNow().Offset);
        Assert.Equal(TimeSpan.FromTicks(7), _time.GetElapsedTime(timestamp));
    }

    [Fact]
    public void Clock_jumps_with_the_wall_clock_alone()
    {
        var timestamp = _time.GetTimestamp();
        Set("soon", 1);

        _time.Jump(TimeSpan.FromDays(-1));
        Assert.Equal((Start.AddDays(-1), TimeSpan.Zero), (_time.GetUtcNow(), _time.GetElapsedTime(timestamp)));
        Assert.Empty(_rung);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["soon at -86399"], _rung);
        Assert.Equal(TimeSpan.FromSeconds(1), _time.GetElapsedTime(timestamp));
    }

    [Fact]
    public void Clock_rings_each_alarm_at_its_own_instant_in_order()
    {
        Set("late", 3);
        Set("early", 1);

        _time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(["early at 1"], _rung);

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(["early at 1", "late at 3"], _rung);
    }

    [Fact]
    public void Clock_rings_alarms_of_one_instant_in_the_order_they_were_set()
    {
        var first = Set("first", 1);
        Set("second", 1);
        Set("third", 1);
        first.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["second at 1", "third at 1", "first at 1"], _rung);
    }

    [Fact]
    public async Task Clock_wakes_a_loop_at_every_step_of_one_walk()
    {
        var loop = LoopAsync();

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(60, _rung.Count);
        Assert.Equal("loop at 60", _rung[^1]);
        await loop;

        async Task LoopAsync()
        {
            while (_rung.Count < 60)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _time);
                Ring("loop");
            }
        }
    }

    [Fact]
    public void Clock_rings_a_periodic_alarm_at_each_period_without_drift()
    {
        _time.CreateTimer(_ => Ring("beat"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(15));
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["beat at 1", "beat at 11", "beat at 21"], _rung);
    }

    [Fact]
    public void Clock_rings_an_alarm_without_a_wait_at_the_next_move()
    {
        Set("now", 0);
        Assert.Empty(_rung);

        _time.Advance(TimeSpan.Zero);

        Assert.Equal(["now at 0"], _rung);
    }

    [Fact]
    public void Clock_leaves_a_disposed_alarm_silent_for_good()
    {
        var alarm = Set("gone", 1);
        alarm.Dispose();

        Assert.False(alarm.Change(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(_rung);
        Assert.Null(_time.NextAlarm);
    }

    [Fact]
    public void Clock_lets_a_periodic_alarm_dispose_itself_while_it_rings()
    {
        ITimer? alarm = null;
        alarm = _time.CreateTimer(
            _ => { Ring("once"); alarm!.Dispose(); }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["once at 1"], _rung);
    }

    [Fact]
    public void Clock_tells_the_earliest_alarm()
    {
        Set("late", 3);
        Set("early", 1);
        Assert.Equal(Start.AddSeconds(1), _time.NextAlarm);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Start.AddSeconds(3), _time.NextAlarm);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(_time.NextAlarm);
    }

    [Fact]
    public void Clock_throws_what_an_alarm_throws_with_the_clock_at_it()
    {
        _time.CreateTimer(_ => throw new FormatException("it"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        Assert.Throws<FormatException>(() => _time.Advance(TimeSpan.FromSeconds(2)));

        Assert.Equal(Start.AddSeconds(1), _time.GetUtcNow());
    }

    [Fact]
    public void Clock_never_goes_back_after_a_walk_inside_a_walk()
    {
        _time.CreateTimer(_ => _time.Advance(TimeSpan.FromHours(1)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        Set("later", 60);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(Start.AddSeconds(3601), _time.GetUtcNow());
        Assert.Equal(["later at 60"], _rung);
    }

    [Fact]
    public void Clock_refuses_to_go_back() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));

    [Fact]
    public async Task Clock_rings_the_time_outs_of_tokens_and_waits()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), _time);
        var wait = new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(10), _time);

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal((false, false), (limit.IsCancellationRequested, wait.IsCompleted));

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(limit.IsCancellationRequested);
        await Assert.ThrowsAsync<TimeoutException>(() => wait);
    }

    private ITimer Set(string name, double seconds) =>
        _time.CreateTimer(_ => Ring(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private void Ring(string name) => _rung.Add($"{name} at {(_time.GetUtcNow() - Start).TotalSeconds}");
}
