using SmartRadio.Node.Clock;

namespace SmartRadio.Node.Tests.Clock;

/// <summary>Many clocks over lines whose messages take 10 to 110 ms, each by itself.</summary>
public class OffsetFilterTests
{
    private const long Second = 1_000_000;
    private const int Clocks = 300;

    [Theory]
    [InlineData(60, 6)]
    [InlineData(120, 6)]
    [InlineData(240, 6)]
    public void Hardly_a_clock_is_wrong_by_two_milliseconds_after_an_hour(int minutes, int most)
    {
        var chance = new Random(minutes);

        var wrong = Enumerable.Range(0, Clocks).Count(_ => Math.Abs(ErrorAfter(minutes, chance)) > 2000);

        Assert.InRange(wrong, 0, most);
    }

    /// <returns>µs.</returns>
    private static long ErrorAfter(int minutes, Random chance)
    {
        var drift = (chance.NextDouble() - 0.5) * 100e-6;
        long Theirs(long local) => local + (long)(local * drift) + Second;
        var filter = new OffsetFilter(0, 0);
        var count = 0;
        var end = minutes * 60 * Second;
        for (long sent = 0; sent < end; sent += count < 200 ? 3 * Second / 2 : count < 600 ? 33 * Second / 4 : 33 * Second / 2)
        {
            // Whole milliseconds come over the wire; half of one is added, as the node does.
            var arrived = sent + Delay(chance);
            var theirs = (Theirs(arrived) / 1000 * 1000) + 500;
            filter.Add(sent, theirs, theirs, arrived + Delay(chance));
            count++;
        }

        return filter.OffsetAt(end) + end - Theirs(end);
    }

    private static long Delay(Random chance) => 10_000 + chance.Next(100_000);
}
