using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests;

public class The_loudspeaker_line
{
    private const long Start = World.Dawn + 60_000;

    private readonly Loop _wire = new();
    private readonly Station _station;
    private readonly BenchSound _sound;

    public The_loudspeaker_line()
    {
        _station = new Station { Line = _wire }.Boot().Connect().RunFor(5000);
        _sound = _station.Serve(8000 * 60);
        _wire.Station = _station;
    }

    [Fact]
    public void Is_fine_when_it_carries_what_is_played()
    {
        Play();

        Assert.Equal(LineState.Fine, _station.Healths[^1].Line);
        Assert.InRange(_station.Healths[^1].LineLevel, 1, 2000);
    }

    [Fact]
    public void Is_silent_although_playing_when_next_to_nothing_arrives()
    {
        _wire.Loudness = 0.05;
        Play();

        Assert.Equal(LineState.Silent, _station.Healths[^1].Line);
        Assert.Equal(NodeCondition.Fault, _station.Node.Condition);
    }

    [Fact]
    public void Is_open_when_the_voltage_rises()
    {
        _wire.Loudness = 2.2;
        Play();

        Assert.Equal(LineState.Open, _station.Healths[^1].Line);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(1.4)]
    public void Is_fine_within_the_spread_of_amplifiers(double loudness)
    {
        _wire.Loudness = loudness;
        Play();

        Assert.Equal(LineState.Fine, _station.Healths[^1].Line);
    }

    [Fact]
    public void Is_not_condemned_for_four_seconds()
    {
        Play(20);
        _wire.Loudness = 0;
        _station.RunFor(4000);
        _wire.Loudness = 1;
        _station.RunFor(20_000);

        Assert.DoesNotContain(_station.Healths, health => health.Line == LineState.Silent);
    }

    [Fact]
    public void Is_fine_again_when_it_was_mended()
    {
        _wire.Loudness = 0;
        Play(20);
        Assert.Equal(LineState.Silent, _station.Healths[^1].Line);

        _wire.Loudness = 1;
        _station.RunFor(20_000);

        Assert.Equal(LineState.Fine, _station.Healths[^1].Line);
    }

    [Fact]
    public void Keeps_its_state_while_nothing_is_played()
    {
        _wire.Loudness = 0;
        Play();
        _station.RunFor(120_000);

        Assert.Equal(LineState.Silent, _station.Healths[^1].Line);
        Assert.Equal(0, _station.Node.Queued);
    }

    [Fact]
    public void Is_not_judged_by_sound_too_faint_for_the_sensor()
    {
        _wire.FullScale = 40;
        _wire.Loudness = 0;
        Play();

        Assert.All(_station.Healths, health => Assert.Equal(LineState.NotMeasured, health.Line));
    }

    [Fact]
    public void Where_there_is_no_sensor_is_not_measured()
    {
        var bare = new Station().Boot().Connect().RunFor(5000);

        Assert.Equal(LineState.NotMeasured, Assert.Single(bare.Healths).Line);
    }

    private void Play(int seconds = 60) => _station.Plan(Entry(1, _sound, Start)).RunTo(Start + (seconds * 1000));

    /// <summary>What the converter sees: what the output plays at this moment, around a bias of 1,650 mV.</summary>
    private sealed class Loop : ILineSensor
    {
        public Station? Station { get; set; }

        public double Loudness { get; set; } = 1;

        public int FullScale { get; set; } = 1000;

        public int Millivolts
        {
            get
            {
                if (Station!.Output.Heard is not [.., { Samples.Count: > 0 } heard])
                {
                    return 1650;
                }

                var at = (Station.World.Microseconds - heard.FirstAt) * 8 / 1000;
                _looks++;
                var index = at + (_looks % 4);
                var sample = index >= 0 && index < heard.Samples.Count ? heard.Samples[(int)index] : (short)0;
                return 1650 + (int)(sample / 32768.0 * FullScale * Loudness);
            }
        }

        private int _looks;
    }
}

public class The_status_light
{
    [Theory]
    [InlineData(NodeCondition.Ready, 1)]
    [InlineData(NodeCondition.NoNetwork, 1)]
    [InlineData(NodeCondition.NoBroker, 2)]
    [InlineData(NodeCondition.ClockUnknown, 3)]
    [InlineData(NodeCondition.Fault, 4)]
    public void Flashes_as_often_as_the_page_says_and_then_rests(NodeCondition condition, int flashes)
    {
        var seen = Seen(condition, 3000);

        // One pattern lasts two to three seconds.
        Assert.InRange(Rises(seen), flashes, flashes * 2);
        Assert.True(LongestDark(seen) >= 900);
    }

    [Fact]
    public void Is_steady_while_playing() => Assert.All(Seen(NodeCondition.Playing, 3000), Assert.True);

    [Fact]
    public void Tells_every_condition_from_every_other() =>
        Assert.Equal(
            Enum.GetValues<NodeCondition>().Length,
            Enum.GetValues<NodeCondition>().Select(condition => string.Concat(Seen(condition, 6000).Select(lit => lit ? '1' : '0'))).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Begins_a_new_condition_with_its_first_flash()
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
    public void Shows_the_network_only_when_nothing_is_on_air_or_broken(bool network, bool broker, NodeCondition node, NodeCondition shown) =>
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

public class The_watchdog
{
    private const long Second = 1_000_000;

    private readonly WatchdogGuard _guard = new(0);

    [Fact]
    public void Is_served_once_a_second_however_fast_the_loop_turns()
    {
        var served = Enumerable.Range(0, 10_000).Count(turn => _guard.MayServe(turn * 1000L, 0));

        Assert.Equal(10, served);
    }

    [Fact]
    public void Is_served_for_hours_while_the_output_moves() =>
        Assert.Equal(7200, Enumerable.Range(0, 72_000).Count(turn => _guard.MayServe(turn * Second / 10, 1900 + (turn % 7))));

    [Fact]
    public void Is_starved_when_the_output_stands_still_with_sound_in_it()
    {
        var last = Enumerable.Range(0, 600).Where(turn => _guard.MayServe(turn * Second / 10, 1920)).ToList()[^1];

        Assert.InRange(last, 90, 110);
    }

    [Fact]
    public void Is_served_again_when_the_output_moves_again()
    {
        foreach (var second in Enumerable.Range(0, 30))
        {
            _guard.MayServe(second * Second, 1920);
        }

        Assert.False(_guard.MayServe(31 * Second, 1920));
        Assert.True(_guard.MayServe(32 * Second, 1800));
    }
}
