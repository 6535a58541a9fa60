using SmartRadio.Node.Setup;
using SmartRadio.Node.Tests.Bench;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Setup;

/// <summary>A node that is erased while it plays, with its settings on the same flash as its sound.</summary>
public class ErasingTests
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;
    private readonly long _start;

    public ErasingTests()
    {
        _sound = _station.Serve(80_000);
        _start = _station.World.Now + 20_000;
        new Installer(_station.Files).Say("wifi loa password");
        _station.Plan(Entry(1, _sound, _start), Entry(2, _sound, _start + 60_000)).RunTo(_start + 2000);
    }

    [Fact]
    public void Node_erased_by_the_console_plays_until_then_and_nothing_after()
    {
        var installer = new Installer(_station.Files);
        installer.Say("reset");
        _station.RunFor(1000);
        Assert.Equal(ConsoleWish.None, installer.Console.TakeWish());
        installer.Say("reset");
        Assert.Equal(ConsoleWish.Erase, installer.Console.TakeWish());

        // The host erases on the node's own thread; until the device is down the node may be asked once more.
        _station.Files.Content.Clear();
        _station.RunFor(50);

        // Up to 3.6 s of it are in the ring and end with the power.
        Assert.InRange(Assert.Single(_station.Output.Heard).Samples.Count, 8 * 3000, 8 * 6800);
        IsAsNew(_station.LosePower());
    }

    [Fact]
    public void Node_erased_by_the_button_plays_nothing_meanwhile_or_after()
    {
        Assert.Equal(ResetStep.Erase, HoldFromPowerOn(milliseconds: 11_000));

        _station.Files.Content.Clear();
        IsAsNew(_station);
    }

    [Fact]
    public void Button_let_go_too_early_erases_nothing()
    {
        Assert.Equal(ResetStep.Over, HoldFromPowerOn(milliseconds: 9000));

        _station.Boot().Connect().RunTo(_start + 75_000);

        Assert.Equal("loa", new Installer(_station.Files).Settings.Get("network"));
        Assert.Equal(_sound.Samples, _station.Output.Heard.Single(heard => heard.Broadcast == 2).Samples);
    }

    private ResetStep HoldFromPowerOn(int milliseconds)
    {
        _station.LosePower();
        var since = _station.World.Microseconds;
        var button = new FactoryReset(mark: null, since);
        var step = ResetStep.Look;
        while (step == ResetStep.Look)
        {
            _station.World.Advance(100_000);
            step = button.Look(_station.World.Microseconds - since < milliseconds * 1000L, _station.World.Microseconds);
        }

        return step;
    }

    /// <summary>
    /// No settings, nothing of the plan; the controller tells it where it stood, and it plays what it is told anew.
    /// </summary>
    private void IsAsNew(Station station)
    {
        Assert.Equal(0, new DeviceSettings(station.Files).Count);
        station.Boot().Connect().RunTo(_start + 75_000);
        Assert.Empty(station.Output.Heard);

        var start = station.World.Now + 30_000;
        station.Plan(Entry(3, _sound, start)).RunTo(start + 12_000);
        Assert.Equal(_sound.Samples, Assert.Single(station.Output.Heard).Samples);
    }
}
