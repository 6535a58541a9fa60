using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;

namespace SmartRadio.Node.Tests.Link;

public class ReconnectingTests
{
    private const long Minute = 60_000_000;

    [Fact]
    public void Backoff_waits_longer_each_time_up_to_a_limit_and_never_the_same()
    {
        var backoff = new Backoff(1000, 60_000, new Chance(3));
        int[] waits = [.. Enumerable.Range(0, 200).Select(_ => backoff.Next())];

        Assert.All(
            waits.Index(),
            wait => Assert.InRange(
                wait.Item, Math.Min(60_000, 1000 << Math.Min(wait.Index, 6)) / 2,
                Math.Min(60_000, 1000 << Math.Min(wait.Index, 6))));
        Assert.True(waits[10..].Distinct().Count() > 150);
        Assert.InRange(waits[10..].Average(), 40_000, 50_000);
    }

    [Fact]
    public void Backoff_begins_anew_after_success()
    {
        var backoff = new Backoff(1000, 60_000, new Chance(3));
        _ = Enumerable.Range(0, 10).Select(_ => backoff.Next()).ToList();

        backoff.Succeeded();

        Assert.InRange(backoff.Next(), 500, 1000);
    }

    [Fact]
    public void Modem_stays_on_while_there_is_a_connection()
    {
        var modem = new ModemPower(0);

        Assert.All(Enumerable.Range(0, 1000), minute => Assert.True(modem.IsOn(true, minute * Minute)));
    }

    [Fact]
    public void Modem_is_switched_after_15_minutes_and_then_every_two_hours()
    {
        var modem = new ModemPower(0);
        var off = Enumerable.Range(0, 6 * 3600).Where(second => !modem.IsOn(false, second * 1_000_000L)).ToList();

        Assert.Equal(901, off[0]);
        Assert.Equal(15 * 3, off.Count);
        Assert.Equal(3, off.Select(second => second / 600).Distinct().Count());
    }

    private sealed class Chance(int seed) : IJitter
    {
        private readonly Random _random = new(seed);

        public int Next(int bound) => _random.Next(bound);
    }
}
