using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Tests.Hardware;

public class WatchdogGuardTests
{
    private const long Second = 1_000_000;

    private readonly WatchdogGuard _guard = new(0);

    [Fact]
    public void Watchdog_is_served_once_a_second_however_fast_the_loop_turns()
    {
        var served = Enumerable.Range(0, 10_000).Count(turn => _guard.MayServe(turn * 1000L, 0));

        Assert.Equal(10, served);
    }

    [Fact]
    public void Watchdog_is_served_for_hours_while_the_output_moves() =>
        Assert.Equal(7200, Enumerable.Range(0, 72_000).Count(turn => _guard.MayServe(turn * Second / 10, 1900 + (turn % 7))));

    [Fact]
    public void Watchdog_is_starved_when_the_output_stands_still_with_sound_in_it()
    {
        var last = Enumerable.Range(0, 600).Where(turn => _guard.MayServe(turn * Second / 10, 1920)).ToList()[^1];

        Assert.InRange(last, 90, 110);
    }

    [Fact]
    public void Watchdog_is_served_again_when_the_output_moves_again()
    {
        foreach (var second in Enumerable.Range(0, 30))
        {
            _guard.MayServe(second * Second, 1920);
        }

        Assert.False(_guard.MayServe(31 * Second, 1920));
        Assert.True(_guard.MayServe(32 * Second, 1800));
    }
}
