using SmartRadio.Mqtt.Client;

namespace SmartRadio.Mqtt.Tests.Client;

public sealed class ReconnectDelayTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(0.5, 0.75)]
    [InlineData(1.0, 1.0)]
    public void Delay_doubles_up_to_the_most(double chance, double part)
    {
        var delay = new ReconnectDelay(First, Most, new FixedRandom(chance));

        Assert.Equal(
            new[] { 1, 2, 4, 8, 16, 20, 20 }.Select(seconds => seconds * part),
            Enumerable.Range(0, 7).Select(_ => delay.Next().TotalSeconds));
    }

    [Fact]
    public void Delay_lies_anywhere_between_half_and_whole()
    {
        var delays = Enumerable.Range(0, 1000).Select(seed => new ReconnectDelay(First, Most, new Random(seed)).Next()).ToList();

        Assert.All(delays, delay => Assert.InRange(delay, First / 2, First));
        Assert.InRange(delays.Average(delay => delay.TotalSeconds), 0.7, 0.8);
        Assert.True(delays.Min() < First * 0.55 && delays.Max() > First * 0.95);
    }

    [Fact]
    public void Delay_begins_small_again_after_a_connection()
    {
        var delay = new ReconnectDelay(First, Most, new FixedRandom(1));
        delay.Next();
        delay.Next();

        delay.Reset();

        Assert.Equal([First, First * 2], [delay.Next(), delay.Next()]);
    }

    [Fact]
    public void Delay_is_never_more_than_the_most()
    {
        var delay = new ReconnectDelay(Most * 2, Most, new FixedRandom(1));

        delay.Next();

        Assert.Equal(Most, delay.Next());
    }

    private sealed class FixedRandom(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
