using SmartRadio.Node.Tests.Bench;
using SmartRadio.Wire;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests;

public class After_a_power_cut
{
    private const long Start = World.Dawn + 60_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public After_a_power_cut() => _sound = _station.Serve(80_000);

    [Fact]
    public void Plan_and_sound_are_there_and_play_on_time_without_a_link()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(10_000).LosePower().RunFor(5000).Boot().RunTo(Start + 20_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal(Start, _station.Output.Heard[0].Announced);
    }

    [Fact]
    public void A_broadcast_cut_off_in_the_middle_is_told_once_and_not_played_again()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 3000).LosePower().Boot().Connect().RunFor(20_000);
        _station.LosePower().Boot().Connect().RunFor(40_000);

        Assert.Single(_station.Heard);
        Assert.Equal(1, _station.StepsOf(1).Count(step => step == (ReceiptStep.Interrupted, ReceiptReason.NotRunning)));
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.NotRunning), _station.StepsOf(1).Last());
    }

    [Fact]
    public void What_was_heard_of_it_is_known_to_ten_seconds()
    {
        var longer = _station.Serve(8000 * 30);
        _station.Plan(Entry(1, longer, Start)).RunTo(Start + 25_000).LosePower().Boot().Connect().RunFor(20_000);

        Assert.InRange(_station.Receipts.Values.Last().Samples, 8000 * 15, _station.Heard[0].Samples.Count);
    }

    [Fact]
    public void A_finished_broadcast_is_not_played_again()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 12_000).LosePower().Boot().Connect().RunTo(Start + 60_000);

        Assert.Single(_station.Heard);
        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(1).Last());
    }

    [Fact]
    public void A_broadcast_slept_through_is_missed()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(10_000).LosePower().RunTo(Start + 70_000).Boot().Connect().RunFor(5000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.NotRunning), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Nothing_starts_before_the_clock_is_set()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(10_000).LosePower();
        _station.Boot(ahead: -World.Dawn * 1000).RunTo(Start + 10_000);
        Assert.Empty(_station.Output.Heard);

        _station.Connect().RunFor(20_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void A_clock_that_says_a_time_before_the_last_command_is_not_believed()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(10_000).LosePower();

        _station.Boot(ahead: -3600_000_000).RunFor(3700_000);

        Assert.Empty(_station.Output.Heard);
    }

    [Fact]
    public void Up_messages_count_on()
    {
        var last = _station.Up.Max(envelope => envelope.Counter);

        _station.LosePower().Boot().Connect().RunFor(1000);

        Assert.All(_station.Up.Where(envelope => envelope.Issued > _station.World.Now - 1000), envelope => Assert.True(envelope.Counter > last));
        Assert.Equal(_station.Up.Count, _station.Up.Select(envelope => envelope.Counter).Distinct().Count());
    }

    [Fact]
    public void An_interrupted_broadcast_may_still_resume()
    {
        _station.Plan(Entry(1, _sound, Start, flags: PlanEntry.Resume), Entry(2, _sound, Start + 2000, BroadcastClass.Emergency)).RunTo(Start + 4000);

        _station.LosePower().Boot().Connect().RunTo(Start + 30_000);

        Assert.Equal(1, Assert.Single(_station.Output.Heard).Broadcast);
        Assert.Equal(_sound.Samples, _station.Heard[0].Samples.Concat(_station.Output.Heard[0].Samples));
    }

    /// <summary>Cuts the power at every byte ever written while a plan comes, plays and is told of, and looks at what the next boot makes of it.</summary>
    [Fact]
    public void At_any_byte_nothing_is_played_twice_and_nothing_is_told_twice()
    {
        var whole = Life(null, out var total);
        Assert.Equal(whole.Sound.Samples, Assert.Single(whole.Station.Heard).Samples);

        for (var cut = 0; cut < total; cut++)
        {
            var (station, sound, replayed) = Life(cut, out _);
            var heard = station.Heard.Sum(part => part.Samples.Count);

            Assert.True(heard <= sound.Samples.Length, $"Cut after {cut} bytes: {heard} samples were heard.");
            Assert.True(station.Heard.Count(part => part.Samples.Count > 0) <= 1, $"Cut after {cut} bytes: played twice.");
            Assert.False(replayed, $"Cut after {cut} bytes: a command counted twice.");
            var ends = station.StepsOf(1).Count(step => step.Step is ReceiptStep.Finished or ReceiptStep.Interrupted or ReceiptStep.Missed);
            Assert.True(ends == 1, $"Cut after {cut} bytes: {ends} ends were told.");
        }
    }

    private static (Station Station, BenchSound Sound, bool Replayed) Life(int? cut, out int written)
    {
        var station = new Station();
        var sound = station.Serve(1000);
        station.Store(sound);
        station.Files.PowerLeft = cut;
        var start = World.Dawn + 10_000;
        var entry = Entry(1, sound, start);
        entry.LatestStart = start + 3000;
        var plan = station.PlanOf(entry);
        byte[] command = [];
        try
        {
            station.Boot().Connect().RunFor(2000);
            command = station.Seal(CommandType.Plan, plan.Write());
            station.Deliver(command).RunTo(start + 4000);
        }
        catch (PowerCut)
        {
            // The next boot is what the test is about.
        }

        written = station.Files.Written;
        station.LosePower().RunFor(100).Boot().Connect().RunFor(100);
        var beforeReplay = station.Files.Writes;
        var replayed = false;
        if (command.Length > 0)
        {
            // Its counter may have been lost with the power, but then its effect was too.
            var known = station.Hellos.LastOrDefault()?.PlanNumber == plan.Number;
            station.Deliver(command);
            replayed = known && station.Files.Writes != beforeReplay && station.StepsOf(0).All(step => step.Reason != ReceiptReason.Replayed) && Refused(station) == 0;
        }

        // The controller repeats a plan that did not arrive.
        station.Plan(plan).RunTo(start + 20_000).LosePower();
        return (station, sound, replayed);
    }

    private static long Refused(Station station) => station.RunFor(40_000).Beats.LastOrDefault()?.Refused ?? 0;
}
