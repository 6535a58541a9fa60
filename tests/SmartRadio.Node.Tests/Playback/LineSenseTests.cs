using SmartRadio.Node.Hardware;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Playback;

public class LineSenseTests
{
    private const long Start = World.Dawn + 60_000;

    private readonly Loop _wire = new();
    private readonly Station _station;
    private readonly BenchSound _sound;

    public LineSenseTests()
    {
        _station = new Station { Line = _wire }.Boot().Connect().RunFor(5000);
        _sound = _station.Serve(8000 * 60);
        _wire.Station = _station;
    }

    [Fact]
    public void Line_is_fine_when_it_carries_what_is_played()
    {
        Play();

        Assert.Equal(LineState.Fine, _station.Healths[^1].Line);
        Assert.InRange(_station.Healths[^1].LineLevel, 1, 2000);
    }

    [Fact]
    public void Line_is_silent_although_playing_when_next_to_nothing_arrives()
    {
        _wire.Loudness = 0.05;
        Play();

        Assert.Equal(LineState.Silent, _station.Healths[^1].Line);
        Assert.Equal(NodeCondition.Fault, _station.Node.Condition);
    }

    [Fact]
    public void Line_is_open_when_the_voltage_rises()
    {
        _wire.Loudness = 2.2;
        Play();

        Assert.Equal(LineState.Open, _station.Healths[^1].Line);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(1.4)]
    public void Line_is_fine_within_the_spread_of_amplifiers(double loudness)
    {
        _wire.Loudness = loudness;
        Play();

        Assert.Equal(LineState.Fine, _station.Healths[^1].Line);
    }

    [Fact]
    public void Line_is_not_condemned_for_four_seconds()
    {
        Play(20);
        _wire.Loudness = 0;
        _station.RunFor(4000);
        _wire.Loudness = 1;
        _station.RunFor(20_000);

        Assert.DoesNotContain(_station.Healths, health => health.Line == LineState.Silent);
    }

    [Fact]
    public void Line_is_fine_again_when_it_was_mended()
    {
        _wire.Loudness = 0;
        Play(20);
        Assert.Equal(LineState.Silent, _station.Healths[^1].Line);

        _wire.Loudness = 1;
        _station.RunFor(20_000);

        Assert.Equal(LineState.Fine, _station.Healths[^1].Line);
    }

    [Fact]
    public void Line_keeps_its_state_while_nothing_is_played()
    {
        _wire.Loudness = 0;
        Play();
        _station.RunFor(120_000);

        Assert.Equal(LineState.Silent, _station.Healths[^1].Line);
        Assert.Equal(0, _station.Node.Queued);
    }

    [Fact]
    public void Line_is_not_judged_by_sound_too_faint_for_the_sensor()
    {
        _wire.FullScale = 40;
        _wire.Loudness = 0;
        Play();

        Assert.All(_station.Healths, health => Assert.Equal(LineState.NotMeasured, health.Line));
    }

    [Fact]
    public void Line_without_a_sensor_is_not_measured()
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
