using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Plans;

public class QuietHoursAndLimitsTests
{
    // The bench begins at 05:00 local time.
    private const int Five = 5 * 60;

    private const long Start = World.Dawn + 60_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public QuietHoursAndLimitsTests() => _sound = _station.Serve(80_000);

    [Theory]
    [InlineData(Five - 120, Five + 60)]
    [InlineData(22 * 60, Five + 60)]
    public void Quiet_hours_hold_back_what_would_start_in_them(int from, int to)
    {
        _station.Plan(Quiet(from, to, Entry(1, _sound, Start))).RunTo(Start + 70_000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.QuietHours), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Quiet_hours_let_it_start_when_they_end_before_its_latest_start()
    {
        _station.Plan(Quiet(22 * 60, Five + 2, Entry(1, _sound, Start + 30_000))).RunTo(Start + 90_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Announced, World.Dawn + 120_000, World.Dawn + 120_100);
    }

    [Fact]
    public void Quiet_hours_do_not_bind_an_emergency()
    {
        _station.Plan(Quiet(0, Five + 60, Entry(1, _sound, Start, BroadcastClass.Emergency))).RunTo(Start + 20_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Quiet_hours_cut_what_is_on_air_when_they_begin()
    {
        _station.Plan(Quiet(Five + 2, Five + 60, Entry(1, _sound, Start + 55_000, flags: PlanEntry.Resume)))
            .RunTo(Start + 80_000);

        Assert.Equal(40_000, Assert.Single(_station.Output.Heard).Samples.Count);
        Assert.Equal((World.Dawn + 120_000) * 1000, _station.Output.Heard[0].LastAt, 62.5);
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.QuietHours), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Quiet_hours_bind_what_would_resume_in_them()
    {
        var plan = Quiet(
            Five + 2,
            Five + 60,
            Entry(1, _sound, Start + 50_000, flags: PlanEntry.Resume),
            Entry(2, _station.Serve(80_000), Start + 55_000, BroadcastClass.Emergency));

        _station.Plan(plan).RunTo(Start + 120_000);

        Assert.Equal([1L, 2L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal(40_000, _station.Output.Heard[0].Samples.Count);
    }

    [Fact]
    public void Quiet_hours_bind_a_broadcast_that_a_newer_plan_made_quiet()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 3000);

        _station.Plan(Quiet(0, Five + 60, Entry(1, _sound, Start))).RunFor(5000);

        Assert.InRange(_station.Output.Heard[0].Samples.Count, 24_000, 24_000 + (8 * 300));
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.QuietHours), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Quiet_hours_bind_the_chime()
    {
        _station.Plan(Quiet(0, Five + 60)).Send(CommandType.Chime, new ChimeCommand { Volume = 100 }.Write()).RunFor(3000);

        Assert.Empty(_station.Output.Heard);
        Assert.Contains((ReceiptStep.Rejected, ReceiptReason.QuietHours), _station.StepsOf(0));
    }

    [Fact]
    public void Limit_bounds_the_minutes_of_a_day()
    {
        var minute = _station.Serve(8000 * 40);
        var plan = _station.PlanOf(Entry(1, minute, Start), Entry(2, minute, Start + 60_000));
        plan.MinutesPerDay = 1;

        _station.Plan(plan).RunTo(Start + 180_000);

        Assert.Equal(1, Assert.Single(_station.Output.Heard).Broadcast);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Limit), _station.StepsOf(2).Last());
    }

    [Fact]
    public void Minutes_are_counted_over_a_power_cut()
    {
        var minute = _station.Serve(8000 * 40);
        var plan = _station.PlanOf(Entry(1, minute, Start), Entry(2, minute, Start + 60_000));
        plan.MinutesPerDay = 1;

        _station.Plan(plan).RunTo(Start + 45_000).LosePower().Boot().Connect().RunTo(Start + 180_000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Limit), _station.StepsOf(2).Last());
    }

    [Fact]
    public void New_day_has_its_own_minutes()
    {
        var minute = _station.Serve(8000 * 40);
        var plan = _station.PlanOf(Entry(1, minute, Start), Entry(2, minute, Start + (24 * 3600_000)));
        plan.MinutesPerDay = 1;

        _station.Plan(plan).RunTo(Start + (24 * 3600_000) + 60_000);

        Assert.Equal([1L, 2L], _station.Output.Heard.Select(heard => heard.Broadcast));
    }

    [Fact]
    public void Limit_does_not_bind_an_emergency()
    {
        var plan = _station.PlanOf(Entry(1, _station.Serve(8000 * 90), Start, BroadcastClass.Emergency));
        plan.MinutesPerDay = 1;

        _station.Plan(plan).RunTo(Start + 100_000);

        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(1).Last());
    }

    private Plan Quiet(int from, int to, params PlanEntry[] entries)
    {
        var plan = _station.PlanOf(entries);
        plan.QuietFrom = from;
        plan.QuietTo = to;
        return plan;
    }
}
