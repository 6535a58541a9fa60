using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Plans;

public class StopTests
{
    private const long Start = World.Dawn + 60_000;

    /// <summary>ms on the link and until the node looks; its ring alone holds 240.</summary>
    private const int AtOnce = 60;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public StopTests() => _sound = _station.Serve(80_000);

    [Fact]
    public void Stop_of_one_broadcast_silences_it_at_once()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        Stop(1).RunTo(Start + 70_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Samples.Count, 16_000, 16_000 + (8 * AtOnce));
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.Stopped), _station.StepsOf(1).Last());
        Assert.Equal(_station.Output.Heard[0].Samples.Count, _station.Receipts.Values.Last().Samples);
    }

    [Fact]
    public void Stop_right_after_the_start_claims_nothing_that_was_not_heard()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start - 200);

        Stop(1).RunTo(Start + 70_000);

        var heard = _station.Output.Heard.Sum(each => each.Samples.Count);
        Assert.Equal(0, heard);
        Assert.Equal(0, _station.Receipts.Values.Last().Samples);
    }

    [Fact]
    public void Broadcast_after_a_stop_starts_in_time()
    {
        _station.Plan(Entry(1, _sound, Start), Entry(2, _sound, Start + 14_000)).RunTo(Start + 2000);

        Stop(1).RunTo(Start + 70_000);

        Assert.Equal(_sound.Samples, _station.Output.Heard[1].Samples);
        Assert.InRange(_station.Output.Heard[1].FirstAt, (Start + 13_999) * 1000, (Start + 14_001) * 1000);
    }

    [Fact]
    public void Stop_before_the_start_keeps_it_from_starting()
    {
        _station.Plan(Entry(1, _sound, Start));

        Stop(1).RunTo(Start + 70_000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Stopped), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Stop_in_the_last_moment_keeps_it_from_starting()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start - 400);

        Stop(1).RunTo(Start + 70_000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Stopped), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Stop_of_everything_ends_what_waits_for_the_output_too()
    {
        _station.Plan(Entry(1, _sound, Start), Entry(2, _sound, Start + 1000)).RunTo(Start + 2000);

        Stop(0).RunTo(Start + 70_000);

        Assert.Single(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Stopped), _station.StepsOf(2).Last());
    }

    [Fact]
    public void Stop_of_everything_leaves_what_is_planned_for_later()
    {
        _station.Plan(Entry(1, _sound, Start), Entry(2, _sound, Start + 60_000)).RunTo(Start + 2000);

        Stop(0).RunTo(Start + 75_000);

        Assert.Equal(ReceiptStep.Finished, _station.StepsOf(2).Last().Step);
    }

    [Fact]
    public void Stop_ahead_of_the_plan_keeps_it_from_starting()
    {
        Stop(1);

        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 70_000);

        Assert.Empty(_station.Output.Heard);
    }

    [Fact]
    public void Stop_of_another_broadcast_leaves_this_one_alone()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        Stop(2).RunTo(Start + 20_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Stop_of_everything_ends_what_is_on_air_and_what_waits_to_resume()
    {
        _station.Plan(Entry(1, _sound, Start, flags: PlanEntry.Resume), Entry(2, _sound, Start + 2000, BroadcastClass.Emergency))
            .RunTo(Start + 4000);

        Stop(0).RunTo(Start + 70_000);

        Assert.Equal([1L, 2L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.Stopped), _station.StepsOf(2).Last());
    }

    [Fact]
    public void Stop_of_everything_at_the_moment_of_a_change_ends_both()
    {
        _station.Plan(Entry(1, _sound, Start, flags: PlanEntry.Resume), Entry(2, _sound, Start + 2000, BroadcastClass.Emergency))
            .RunTo(Start + 1900);

        Stop(0).RunTo(Start + 70_000);

        Assert.All(_station.Output.Heard, heard => Assert.InRange(heard.LastAt, 0, (Start + 2200) * 1000));
    }

    [Fact]
    public void Stop_by_the_button_works_without_link_and_storage()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000).Disconnect();
        _station.Files.TotalBytes = 0;

        _station.Node.StopPressed();
        _station.RunTo(Start + 70_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Samples.Count, 16_000, 16_000 + (8 * AtOnce));
        Assert.False(_station.Output.IsOpen);
    }

    [Fact]
    public void Stop_by_the_button_is_told()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        _station.Node.StopPressed();
        _station.RunFor(2000);

        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.LocalStop), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Newer_plan_without_the_broadcast_stops_it()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        _station.Plan().RunTo(Start + 70_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Samples.Count, 16_000, 16_000 + (8 * AtOnce));
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.Stopped), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Plan_that_is_not_newer_stops_nothing()
    {
        var old = _station.PlanOf();
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        _station.Plan(old).RunTo(Start + 20_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    private Station Stop(long broadcast) => _station.Send(CommandType.Stop, new StopCommand { Broadcast = broadcast }.Write());
}
