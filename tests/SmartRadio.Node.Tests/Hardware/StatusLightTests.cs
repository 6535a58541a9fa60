using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Tests.Hardware;

public class StatusLightTests
{
    [Theory]
    [InlineData(NodeCondition.Ready, 1)]
    [InlineData(NodeCondition.NoNetwork, 1)]
    [InlineData(NodeCondition.NoBroker, 2)]
    [InlineData(NodeCondition.ClockUnknown, 3)]
    [InlineData(NodeCondition.Fault, 4)]
    public void Light_flashes_as_often_as_the_page_says_and_then_rests(NodeCondition condition, int flashes)
    {
        var seen = Seen(condition, 3000);

        // One pattern lasts two to three seconds.
        Assert.InRange(Rises(seen), flashes, flashes * 2);
        Assert.True(LongestDark(seen) >= 900);
    }

    [Fact]
    public void Light_is_steady_while_playing() => Assert.All(Seen(NodeCondition.Playing, 3000), Assert.True);

    [Fact]
    public void Light_tells_every_condition_from_every_other() =>
        Assert.Equal(
            Enum.GetValues<NodeCondition>().Length,
            Enum.GetValues<NodeCondition>()
                .Select(condition => string.Concat(Seen(condition, 6000).Select(lit => lit ? '1' : '0')))
                .Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Light_begins_a_new_condition_with_its_first_flash()
    {
        var light = new StatusLight();
        light.IsLit(NodeCondition.Ready, 0);

        Assert.True(light.IsLit(NodeCondition.NoBroker, 1_234_567));
        Assert.True(light.IsLit(NodeCondition.NoBroker, 1_234_567 + 199_000));
        Assert.False(light.IsLit(NodeCondition.NoBroker, 1_234_567 + 201_000));
    }

    [Theory]
    [InlineData(false, false, NodeCondition.Ready, NodeCondition.NoNetwork)]
    [InlineData(true, false, NodeCondition.Ready, NodeCondition.NoBroker)]
    [InlineData(true, true, NodeCondition.ClockUnknown, NodeCondition.ClockUnknown)]
    [InlineData(true, true, NodeCondition.Ready, NodeCondition.Ready)]
    [InlineData(false, false, NodeCondition.Emergency, NodeCondition.Emergency)]
    [InlineData(false, false, NodeCondition.Fault, NodeCondition.Fault)]
    public void Light_shows_the_network_only_when_nothing_is_on_air_or_broken(
        bool network, bool broker, NodeCondition node, NodeCondition shown) =>
        Assert.Equal(shown, StatusLight.With(network, broker, node));

    private static List<bool> Seen(NodeCondition condition, int milliseconds)
    {
        var light = new StatusLight();
        return [.. Enumerable.Range(0, milliseconds / 10).Select(step => light.IsLit(condition, 5_000_000 + (step * 10_000L)))];
    }

    private static int Rises(List<bool> seen) => seen.Where((lit, step) => lit && (step == 0 || !seen[step - 1])).Count();

    private static int LongestDark(List<bool> seen) =>
        string.Concat(seen.Select(lit => lit ? '1' : '0')).Split('1').Max(dark => dark.Length) * 10;
}
