using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests;

public class Stopping
{
    private const long Start = World.Dawn + 60_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public Stopping() => _sound = _station.Serve(80_000);

    [Fact]
    public void One_broadcast_silences_it_within_a_quarter_of_a_second()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        Stop(1).RunTo(Start + 70_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Samples.Count, 16_000, 16_000 + (8 * 260));
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.Stopped), _station.StepsOf(1).Last());
        Assert.Equal(_station.Output.Heard[0].Samples.Count, _station.Receipts.Values.Last().Samples);
    }

    [Fact]
    public void One_broadcast_before_it_starts_keeps_it_from_starting()
    {
        _station.Plan(Entry(1, _sound, Start));

        Stop(1).RunTo(Start + 70_000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Stopped), _station.StepsOf(1).Last());
    }

    [Fact]
    public void One_broadcast_in_the_last_moment_keeps_it_from_starting()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start - 400);

        Stop(1).RunTo(Start + 70_000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Stopped), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Everything_stops_what_waits_for_the_output_too()
    {
        _station.Plan(Entry(1, _sound, Start), Entry(2, _sound, Start + 1000)).RunTo(Start + 2000);

        Stop(0).RunTo(Start + 70_000);

        Assert.Single(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Stopped), _station.StepsOf(2).Last());
    }

    [Fact]
    public void Everything_leaves_what_is_planned_for_later()
    {
        _station.Plan(Entry(1, _sound, Start), Entry(2, _sound, Start + 60_000)).RunTo(Start + 2000);

        Stop(0).RunTo(Start + 75_000);

        Assert.Equal(ReceiptStep.Finished, _station.StepsOf(2).Last().Step);
    }

    [Fact]
    public void A_broadcast_whose_plan_comes_later_keeps_it_from_starting()
    {
        Stop(1);

        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 70_000);

        Assert.Empty(_station.Output.Heard);
    }

    [Fact]
    public void Another_broadcast_leaves_this_one_alone()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        Stop(2).RunTo(Start + 20_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Everything_ends_what_is_on_air_and_what_waits_to_resume()
    {
        _station.Plan(Entry(1, _sound, Start, flags: PlanEntry.Resume), Entry(2, _sound, Start + 2000, BroadcastClass.Emergency)).RunTo(Start + 4000);

        Stop(0).RunTo(Start + 70_000);

        Assert.Equal([1L, 2L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.Stopped), _station.StepsOf(2).Last());
    }

    [Fact]
    public void Everything_at_the_very_moment_of_a_change_ends_both()
    {
        _station.Plan(Entry(1, _sound, Start, flags: PlanEntry.Resume), Entry(2, _sound, Start + 2000, BroadcastClass.Emergency)).RunTo(Start + 1900);

        Stop(0).RunTo(Start + 70_000);

        Assert.All(_station.Output.Heard, heard => Assert.InRange(heard.LastAt, 0, (Start + 2200) * 1000));
    }

    [Fact]
    public void By_the_button_works_without_link_and_storage()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000).Disconnect();
        _station.Files.TotalBytes = 0;

        _station.Node.StopPressed();
        _station.RunTo(Start + 70_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Samples.Count, 16_000, 16_000 + (8 * 260));
        Assert.False(_station.Output.IsOpen);
    }

    [Fact]
    public void By_the_button_is_told()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        _station.Node.StopPressed();
        _station.RunFor(2000);

        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.LocalStop), _station.StepsOf(1).Last());
    }

    [Fact]
    public void By_a_newer_plan_without_the_broadcast()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        _station.Plan().RunTo(Start + 70_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Samples.Count, 16_000, 16_000 + (8 * 260));
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.Stopped), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Not_by_a_plan_that_is_not_newer()
    {
        var old = _station.PlanOf();
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 2000);

        _station.Plan(old).RunTo(Start + 20_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    private Station Stop(long broadcast) => _station.Send(CommandType.Stop, new StopCommand { Broadcast = broadcast }.Write());
}

public class The_chime
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Fact]
    public void Sounds_at_once_and_is_proved_by_receipts()
    {
        Chime(100).RunFor(3000);

        Assert.Equal(12_000, Assert.Single(_station.Output.Heard).Samples.Count);
        Assert.Equal([ReceiptStep.Started, ReceiptStep.Finished], _station.StepsOf(0).Select(step => step.Step));
        Assert.Equal(12_000, _station.Receipts.Values.Last().Samples);
    }

    [Theory]
    [InlineData(100, 16_000, 16_384)]
    [InlineData(25, 4000, 4096)]
    [InlineData(0, 0, 0)]
    public void Sounds_as_loud_as_asked(int volume, int quietest, int loudest)
    {
        Chime(volume).RunFor(3000);

        Assert.InRange(_station.Output.Heard[0].Samples.Max(sample => (int)sample), quietest, loudest);
    }

    [Fact]
    public void Never_cuts_into_a_broadcast()
    {
        var start = World.Dawn + 60_000;
        _station.Plan(Entry(1, _station.Serve(40_000), start, BroadcastClass.Relay)).RunTo(start + 1000);

        Chime(100).RunFor(10_000);

        Assert.Equal(40_000, Assert.Single(_station.Output.Heard).Samples.Count);
        Assert.Contains((ReceiptStep.Refused, ReceiptReason.Busy), _station.StepsOf(0));
    }

    [Fact]
    public void Gives_way_to_a_broadcast()
    {
        var start = _station.World.Now + 3500;
        _station.Plan(Entry(1, _station.Serve(8000), start, BroadcastClass.Relay)).RunTo(start - 1600);

        Chime(100).RunFor(5000);

        Assert.Equal([0L, 1L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal(start, _station.Output.Heard[1].Announced);
    }

    private Station Chime(int volume) => _station.Send(CommandType.Chime, new ChimeCommand { Volume = volume }.Write());
}
