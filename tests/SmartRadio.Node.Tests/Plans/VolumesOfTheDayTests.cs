using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Plans;

public class VolumesOfTheDayTests
{
    // The bench begins at 05:00 local time.
    private const int Five = 5 * 60;

    private const long Start = World.Dawn + 60_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public VolumesOfTheDayTests() => _sound = _station.Serve(80_000);

    [Fact]
    public void Broadcast_begins_at_the_volume_of_its_hour()
    {
        _station.Plan(Changing([(Five, 50), (Five + 60, 100)], Entry(1, _sound, Start))).RunTo(Start + 12_000);

        Assert.Equal(At(128, _sound.Samples), Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Broadcast_at_the_minute_of_a_change_begins_at_its_volume()
    {
        _station.Plan(Changing([(Five, 20), (Five + 1, 50)], Entry(1, _sound, Start))).RunTo(Start + 12_000);

        Assert.Equal(At(128, _sound.Samples), Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Last_change_of_the_day_holds_over_midnight()
    {
        _station.Plan(Changing([(Five + 60, 100), (Five + 120, 50)], Entry(1, _sound, Start))).RunTo(Start + 12_000);

        Assert.Equal(At(128, _sound.Samples), Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Volume_changes_within_a_broadcast()
    {
        // It changes a second before 05:02: four seconds of ten are before.
        _station.Plan(Changing([(Five, 50), (Five + 2, 100)], Entry(1, _sound, Start + 55_000))).RunTo(Start + 70_000);

        var heard = Assert.Single(_station.Output.Heard).Samples;
        Assert.Equal(80_000, heard.Count);
        Assert.Equal(At(128, _sound.Samples.Take(31_800)), heard.Take(31_800));
        Assert.Equal(_sound.Samples.Skip(32_200), heard.Skip(32_200));
    }

    [Fact]
    public void Emergency_sounds_at_the_plans_volume_all_day()
    {
        _station.Plan(Changing([(Five, 50), (Five + 2, 20)], Entry(1, _sound, Start + 55_000, BroadcastClass.Emergency)))
            .RunTo(Start + 70_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Chime_sounds_at_the_volume_of_its_hour()
    {
        var loud = Loudest(_station.Plan(Changing([])));
        var soft = Loudest(_station.Plan(Changing([(Five, 25)])));

        Assert.InRange(soft, (loud / 4) - 100, (loud / 4) + 100);
    }

    [Fact]
    public void Changes_hold_after_a_power_cut_without_a_link()
    {
        _station.Plan(Changing([(Five, 50), (Five + 60, 100)], Entry(1, _sound, Start))).RunFor(20_000)
            .LosePower().Boot().RunTo(Start + 12_000);

        Assert.Equal(At(128, _sound.Samples), Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Node_says_that_it_takes_changes_of_the_volume()
    {
        Assert.All(_station.Hellos, hello => Assert.NotEqual(0, hello.Codecs & Protocol.Reports.Hello.TakesVolumes));
        Assert.NotEmpty(_station.Hellos);
    }

    private static int Loudest(Station station)
    {
        station.Send(CommandType.Chime, new ChimeCommand { Volume = 255 }.Write()).RunFor(3000);
        return station.Output.Heard[^1].Samples.Max(sample => (int)sample);
    }

    private static IEnumerable<short> At(int gain, IEnumerable<short> samples) =>
        samples.Select(sample => (short)(sample * gain >> 8));

    private Plan Changing((int From, int Volume)[] changes, params PlanEntry[] entries)
    {
        var plan = _station.PlanOf(entries);
        plan.Volumes = [.. changes.Select(each => new VolumeChange { From = each.From, Volume = each.Volume })];
        return plan;
    }
}
