using SmartRadio.Node.Hardware;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Reports;

public class PresenceTests
{
    private readonly Station _station = new Station().Boot();

    [Fact]
    public void Presence_begins_with_recovery_then_online_hello_and_clock_request()
    {
        _station.Connect().RunFor(100);

        var here = _station.Link.Sent[1];
        Assert.Equal(
            (Topics.Here("0011223344556677"), "online", true),
            (here.Topic, System.Text.Encoding.UTF8.GetString(here.Payload), here.Retain));
        Assert.Contains(_station.CommandTopic, _station.Link.Filters);
        Assert.Equal(16_384, Assert.Single(_station.Hellos).StorageSize);
        Assert.Contains(_station.Up, envelope => envelope.Type == (byte)UpType.ClockRequest);
    }

    [Fact]
    public void Presence_is_shown_by_a_heartbeat_every_half_minute()
    {
        _station.Connect().RunFor(600_000);

        Assert.InRange(_station.Beats.Count, 18, 23);
    }

    [Fact]
    public void Presence_is_shown_at_once_when_playing_or_volume_changes()
    {
        var sound = _station.Serve(24_000);
        var start = World.Dawn + 62_000;
        var plan = _station.Connect().RunFor(5000).PlanOf(Entry(1, sound, start));
        plan.Volume = 37;

        _station.Plan(plan).RunFor(100);
        Assert.Equal(37, _station.Beats.Last().Volume);
        _station.RunTo(start + Intervals.Spread);
        Assert.Equal(1, _station.Beats.Last().OnAir);
        _station.RunTo(start + 3000 + Intervals.Spread);
        Assert.Equal(0, _station.Beats.Last().OnAir);
    }

    [Fact]
    public void Heartbeat_says_which_clock_the_node_runs_on()
    {
        _station.LosePower().Boot(ahead: 2_500_000).Connect().RunFor(60_000);

        Assert.InRange(_station.Beats.Last().ClockOffset, -2501, -2499);
        Assert.Equal(0, _station.Clock.KeptAhead, 5_000.0);
    }

    [Fact]
    public void Presence_is_taken_up_again_after_a_break()
    {
        _station.Connect().RunFor(1000).Disconnect().RunFor(10_000);
        Assert.Empty(_station.Link.Filters);

        _station.Connect().RunFor(1000);

        Assert.Contains(_station.CommandTopic, _station.Link.Filters);
        Assert.Equal(2, _station.Hellos.Count);
    }
}
