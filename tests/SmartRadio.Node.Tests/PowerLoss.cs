using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
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
    public void At_any_byte_nothing_is_played_or_told_twice()
    {
        var (whole, sound) = Life(powerLeft: null);
        Assert.Equal(sound.Samples, Assert.Single(whole.Heard).Samples);

        for (var cut = 0; cut < whole.Written; cut++)
        {
            var (station, _) = Life(cut);

            Assert.True(station.Heard.Count(part => part.Samples.Count > 0) <= 1, $"Cut after {cut} bytes: played twice.");
            var ends = station.StepsOf(1).Count(step => step.Step is ReceiptStep.Finished or ReceiptStep.Interrupted or ReceiptStep.Missed);
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

public class A_two_slot_file
{
    [Fact]
    public void Cut_at_any_byte_holds_the_old_or_the_new()
    {
        byte[] key = new byte[32], old = [1, 2, 3], young = [4, 5, 6, 7, 8];
        for (var cut = 0; cut <= 60; cut++)
        {
            var files = new BenchFiles();
            Assert.True(new TwoSlotFile(files, "x", key).Write([0]));
            var file = new TwoSlotFile(files, "x", key);
            file.Read();
            file.Write(old);
            files.PowerLeft = cut;
            var done = Record.Exception(() => file.Write(young)) is null;

            var read = new TwoSlotFile(files.AfterPowerCut(), "x", key).Read();

            Assert.Equal(done ? young : old, read);
        }
    }

    [Fact]
    public void Goes_on_after_a_torn_write()
    {
        byte[] key = new byte[32];
        var files = new BenchFiles();
        var file = new TwoSlotFile(files, "x", key);
        file.Write([1]);
        files.PowerLeft = 10;
        Assert.Throws<PowerCut>(() => file.Write([2]));
        files = files.AfterPowerCut();

        for (byte value = 3; value < 10; value++)
        {
            file = new TwoSlotFile(files, "x", key);
            file.Read();
            file.Write([value]);
            Assert.Equal([value], new TwoSlotFile(files, "x", key).Read());
        }
    }

    [Fact]
    public void Written_under_another_key_or_name_is_refused()
    {
        var files = new BenchFiles();
        new TwoSlotFile(files, "x", new byte[32]).Write([1]);
        files.Content["y.0"] = files.Content["x.0"];

        Assert.Null(new TwoSlotFile(files, "x", [.. Enumerable.Repeat((byte)1, 32)]).Read());
        Assert.Null(new TwoSlotFile(files, "y", new byte[32]).Read());
        Assert.Equal([1], new TwoSlotFile(files, "x", new byte[32]).Read());
    }

    [Fact]
    public void With_any_bit_flipped_is_refused()
    {
        var files = new BenchFiles();
        new TwoSlotFile(files, "x", new byte[32]).Write([1, 2, 3]);
        var stored = files.Content["x.0"];
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            files.Content["x.0"] = stored.ToArray();
            files.Content["x.0"][bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(new TwoSlotFile(files, "x", new byte[32]).Read());
        }
    }
}

public class Counters_cut_at_any_byte
{
    [Fact]
    public void Never_go_back()
    {
        for (var cut = 0; cut < 100; cut++)
        {
            var files = new BenchFiles();
            var counters = new Counters(File(files));
            counters.Resume(0, 0);
            Assert.True(counters.Accept(5, World.Dawn));
            var sent = counters.NextUp();
            files.PowerLeft = cut;
            var accepted = Record.Exception(() => counters.Accept(6, World.Dawn)) is null;

            var next = new Counters(File(files.AfterPowerCut()));

            Assert.InRange(next.Command, accepted ? 6 : 5, 6);
            Assert.True(next.NextUp() > sent);
        }
    }

    private static TwoSlotFile File(BenchFiles files) => new(files, "counters", new byte[32]);
}
