using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Storage;

public class PowerLossTests
{
    private const long Start = World.Dawn + 60_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public PowerLossTests() => _sound = _station.Serve(80_000);

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
    public void Heard_part_of_a_broadcast_is_known_to_ten_seconds()
    {
        var longer = _station.Serve(8000 * 30);
        _station.Plan(Entry(1, longer, Start)).RunTo(Start + 25_000).LosePower().Boot().Connect().RunFor(20_000);

        Assert.InRange(_station.Receipts.Values.Last().Samples, 8000 * 10, _station.Heard[0].Samples.Count);
    }

    [Theory]
    [InlineData(7_000)]
    [InlineData(11_000)]
    [InlineData(13_000)]
    [InlineData(24_000)]
    public void What_the_ring_held_at_a_power_cut_was_not_heard(int afterStart)
    {
        var longer = _station.Serve(8000 * 30);
        var later = Start + 3_600_000;
        _station.Plan(Entry(1, longer, Start)).RunTo(Start + afterStart);

        // A new plan has the journal written just before the power goes.
        _station.Plan(Entry(1, longer, Start), Entry(2, longer, later)).RunFor(300).LosePower().Boot().Connect().RunFor(20_000);

        var told = _station.Receipts.Values.Last(receipt => receipt.Broadcast == 1);
        Assert.Equal(ReceiptStep.Interrupted, told.Step);
        Assert.InRange(told.Samples, Math.Max(0, 8000 * ((afterStart / 1000) - 14)), _station.Heard[0].Samples.Count);
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

        Assert.All(
            _station.Up.Where(envelope => envelope.Issued > _station.World.Now - 1000),
            envelope => Assert.True(envelope.Counter > last));
        Assert.Equal(_station.Up.Count, _station.Up.Select(envelope => envelope.Counter).Distinct().Count());
    }

    [Fact]
    public void An_interrupted_broadcast_may_still_resume()
    {
        _station.Plan(Entry(1, _sound, Start, flags: PlanEntry.Resume), Entry(2, _sound, Start + 2000, BroadcastClass.Emergency))
            .RunTo(Start + 4000);

        _station.LosePower().Boot().Connect().RunTo(Start + 30_000);

        Assert.Equal(1, Assert.Single(_station.Output.Heard).Broadcast);
        Assert.Equal(_sound.Samples, _station.Heard[0].Samples.Concat(_station.Output.Heard[0].Samples));
    }

    /// <summary>
    /// Cuts the power at every byte ever written while a plan comes, plays and is told of, and looks at what the next boot makes
    /// of it.
    /// </summary>
    [Fact]
    public void Nothing_is_played_or_told_twice_after_a_cut_at_any_byte()
    {
        var (whole, sound) = Life(powerLeft: null);
        Assert.Equal(sound.Samples, Assert.Single(whole.Heard).Samples);

        for (var cut = 0; cut < whole.Written; cut++)
        {
            var (station, _) = Life(cut);

            Assert.True(station.Heard.Count(part => part.Samples.Count > 0) <= 1, $"Cut after {cut} bytes: played twice.");
            var ends = station.StepsOf(1)
                .Count(step => step.Step is ReceiptStep.Finished or ReceiptStep.Interrupted or ReceiptStep.Missed);
            Assert.True(ends == 1, $"Cut after {cut} bytes: {ends} ends were told.");
        }
    }

    private static (Station Station, BenchSound Sound) Life(int? powerLeft)
    {
        var station = new Station();
        var sound = station.Serve(1000);
        station.Store(sound);
        station.Files.PowerLeft = powerLeft;
        var start = World.Dawn + 3000;
        var plan = station.PlanOf(Entry(1, sound, start));
        plan.Entries[0].LatestStart = start + 3000;
        try
        {
            station.Boot().Connect().RunFor(1000).Plan(plan).RunTo(start + 2000);
        }
        catch (PowerCut)
        {
            // The next boot is what the test is about; the controller repeats what it does not know to have arrived.
        }

        return (station.LosePower().Boot().Connect().RunFor(100).Plan(plan).RunTo(start + 5000).LosePower(), sound);
    }
}
