using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Clock;

public class WrongTimeTests
{
    private const long Year = 365L * 24 * 3600 * 1_000_000;

    private readonly Station _station = new Station();

    /// <summary>µs ahead: 1970, the day before the last command, a year and seventy years too late.</summary>
    [Theory]
    [InlineData(-World.Dawn * 1000)]
    [InlineData(-24L * 3600 * 1_000_000)]
    [InlineData(Year)]
    [InlineData(70 * Year)]
    public void A_node_comes_back_as_soon_as_it_is_told_the_time(long ahead)
    {
        _station.Boot(ahead).Connect().RunFor(10_000);
        var sound = _station.Serve(8000);
        var start = _station.World.Now + 30_000;

        _station.Plan(Entry(1, sound, start)).RunTo(start + 5000);

        var heard = Assert.Single(_station.Output.Heard);
        Assert.Equal(sound.Samples, heard.Samples);
        Assert.InRange(heard.FirstAt, (start - 5) * 1000, (start + 5) * 1000);
    }

    [Fact]
    public void Controller_that_falls_back_to_1970_stops_nothing_and_moves_nothing()
    {
        _station.Boot().Connect().RunFor(10_000);
        var sound = _station.Serve(24_000);
        var start = _station.World.Now + 30_000;
        _station.Plan(Entry(1, sound, start), Entry(2, sound, start + 600_000)).RunTo(start + 1000);
        var questions = Questions();

        _station.ControllerAhead = -World.Dawn;
        _station.RunTo(start + 660_000);

        Assert.InRange(Questions() - questions, 20, 500);
        Assert.All(_station.Output.Heard, heard => Assert.Equal(sound.Samples, heard.Samples));
        Assert.All(
            _station.Output.Heard.Zip([start, start + 600_000]),
            each => Assert.InRange(each.First.FirstAt, (each.Second - 5) * 1000, (each.Second + 5) * 1000));
        Assert.Equal(2, _station.Output.Heard.Count);
    }

    [Fact]
    public void Node_in_1970_without_a_link_plays_misses_and_tells_nothing()
    {
        _station.Boot().Connect().RunFor(5000);
        var sound = _station.Serve(8000);
        var start = _station.World.Now + 600_000;
        _station.Plan(Entry(1, sound, start)).RunFor(5000).LosePower();

        _station.Boot(ahead: -World.Dawn * 1000).RunFor(300_000);
        Assert.Empty(_station.Output.Heard);

        // The link is back in time: it is played as if nothing had been.
        _station.Connect().RunTo(start + 5000);
        Assert.Equal(sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    private int Questions() => _station.Up.Count(up => up.Type == (byte)UpType.ClockRequest);
}
