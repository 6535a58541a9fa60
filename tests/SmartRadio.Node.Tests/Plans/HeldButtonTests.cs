using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Plans;

public class HeldButtonTests
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Fact]
    public void Node_is_silent_wears_no_flash_and_floods_nobody()
    {
        var sound = _station.Serve(80_000);
        var start = _station.World.Now + 20_000;
        _station.Plan(Entry(1, sound, start), Entry(2, sound, start + 60_000)).RunTo(start + 1000);
        var writes = _station.Files.Writes;
        var reports = _station.Reports.Count;

        Hold(milliseconds: 600_000);

        Assert.Single(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.LocalStop), _station.StepsOf(1).Last());
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.LocalStop), _station.StepsOf(2).Last());
        Assert.InRange(_station.Files.Writes - writes, 1, 10);
        Assert.InRange(_station.Reports.Count - reports, 1, 5);
    }

    [Fact]
    public void Node_plays_what_comes_next_when_the_button_is_let_go()
    {
        var sound = _station.Serve(8000);
        Hold(milliseconds: 60_000);
        var start = _station.World.Now + 30_000;

        _station.Plan(Entry(3, sound, start)).RunTo(start + 5000);

        Assert.Equal(sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Node_boots_with_the_button_held()
    {
        _station.LosePower().Boot().Node.StopPressed();
        _station.Connect();
        Hold(milliseconds: 60_000);

        Assert.True(_station.Hellos.Count >= 2);
    }

    private void Hold(int milliseconds)
    {
        for (var held = 0; held < milliseconds; held += 50)
        {
            _station.Node.StopPressed();
            _station.RunFor(50);
        }
    }
}
