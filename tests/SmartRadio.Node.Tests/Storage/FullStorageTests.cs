using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Storage;

public class FullStorageTests
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Fact]
    public void Node_boots_stays_in_touch_and_works_again_when_there_is_room()
    {
        _station.LosePower();
        _station.Files.TotalBytes = 0;
        _station.Boot().Connect().RunFor(600_000);
        Assert.True(_station.Beats.Count > 5);

        _station.Files.TotalBytes = 16 * 1024 * 1024;
        PlaysAPlan();
    }

    [Fact]
    public void A_node_that_never_had_room_boots()
    {
        var bare = new Station { Files = new BenchFiles { TotalBytes = 0 } };
        bare.Boot().Connect().RunFor(60_000);

        Assert.NotEmpty(bare.Hellos);
        Assert.NotEmpty(bare.Beats);
    }

    [Fact]
    public void Stop_is_obeyed()
    {
        var sound = _station.Serve(80_000);
        var start = _station.World.Now + 20_000;
        _station.Plan(Entry(1, sound, start)).RunTo(start + 2000);
        _station.Files.TotalBytes = 0;

        _station.Send(CommandType.Stop, new StopCommand().Write()).RunFor(10_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Samples.Count, 16_000, 16_000 + (8 * 260));
    }

    [Fact]
    public void The_button_is_obeyed()
    {
        var sound = _station.Serve(80_000);
        var start = _station.World.Now + 20_000;
        _station.Plan(Entry(1, sound, start)).RunTo(start + 2000);
        _station.Files.TotalBytes = 0;

        _station.Node.StopPressed();
        _station.RunFor(10_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Samples.Count, 16_000, 16_000 + (8 * 260));
    }

    [Fact]
    public void Stored_broadcast_is_played_to_its_end()
    {
        var sound = _station.Serve(80_000);
        var start = _station.World.Now + 20_000;
        _station.Plan(Entry(1, sound, start)).RunFor(10_000);
        _station.Files.TotalBytes = 0;

        _station.RunTo(start + 12_000);

        Assert.Equal(sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void New_plan_is_rejected_and_the_old_one_stays()
    {
        var sound = _station.Serve(8000);
        var start = _station.World.Now + 20_000;
        _station.Plan(Entry(1, sound, start)).RunFor(10_000);
        _station.Files.TotalBytes = 0;

        _station.Plan(Entry(2, sound, start)).RunTo(start + 5000);

        Assert.Equal(1, Assert.Single(_station.Output.Heard).Broadcast);
    }

    private void PlaysAPlan()
    {
        var sound = _station.Serve(8000);
        var start = _station.World.Now + 60_000;
        _station.Plan(Entry(9, sound, start)).RunTo(start + 5000);
        Assert.Equal(sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }
}
