using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Plans;

public class PlayOnTimeTests
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Fact]
    public void Broadcast_leaves_the_output_whole_from_its_very_instant_on()
    {
        var sound = _station.Serve(20_000);
        var start = World.Dawn + 60_000;

        _station.Plan(Entry(7, sound, start)).RunTo(start + 5000);

        var heard = Assert.Single(_station.Output.Heard);
        Assert.Equal(start * 1000, heard.FirstAt, 125.0 / 2);
        Assert.Equal(start, heard.Announced);
        Assert.Equal(sound.Samples, heard.Samples);
        Assert.False(_station.Output.RanDry);
    }

    [Fact]
    public void Broadcast_is_told_step_by_step_with_its_samples()
    {
        var sound = _station.Serve(20_000);
        var start = World.Dawn + 60_000;

        _station.Plan(Entry(7, sound, start)).RunTo(start + 5000);

        Assert.Equal(
            [ReceiptStep.Received, ReceiptStep.Verified, ReceiptStep.Started, ReceiptStep.Finished],
            _station.StepsOf(7).Select(step => step.Step));
        Assert.Equal(start, _station.Receipts.Values.Single(r => r.Step == ReceiptStep.Started).Instant);
        var finished = _station.Receipts.Values.Single(r => r.Step == ReceiptStep.Finished);
        Assert.Equal(20_000, finished.Samples);
        Assert.Equal(start + 2500, finished.Instant);
    }

    [Fact]
    public void Broadcast_finds_the_amplifier_awake_and_leaves_it_asleep()
    {
        var start = World.Dawn + 60_000;

        _station.Plan(Entry(7, _station.Serve(8000), start)).RunTo(start + 500);

        Assert.InRange(_station.Output.Heard[0].FirstAt - _station.Output.OpenedAt, 300_000, 8_000_000);
        Assert.False(_station.RunFor(6000).Output.IsOpen);
    }

    [Fact]
    public void Broadcast_keeps_the_deep_ring_nearly_full_in_slices_of_20_ms()
    {
        var start = World.Dawn + 60_000;

        _station.Plan(Entry(7, _station.Serve(80_000), start)).RunTo(start - 450);
        Assert.InRange(_station.Output.Fullest, 0.09, 0.11);
        _station.Output.Fullest = 0;
        _station.RunTo(start + 12_000);

        Assert.InRange(_station.Output.Fullest, 0.85, 0.9);
        Assert.Equal(160, _station.Output.LargestWrite);
        Assert.False(_station.Output.RanDry);
    }

    [Theory]
    [InlineData(700)]
    [InlineData(600)]
    [InlineData(500)]
    [InlineData(400)]
    [InlineData(300)]
    public void Starts_in_time_though_held_up_for_300_ms(int before)
    {
        var start = World.Dawn + 60_000;
        _station.Plan(Entry(7, _station.Serve(8000), start)).RunTo(start - before);

        for (var until = start - before + 300; _station.World.Now < until;)
        {
            _station.World.Advance((until - _station.World.Now) * 1000);
        }

        _station.RunTo(start + 3000);
        Assert.Equal(start * 1000, Assert.Single(_station.Output.Heard).FirstAt, 125.0 / 2);
    }

    [Fact]
    public void Broadcast_plays_without_a_link()
    {
        var sound = _station.Serve(8000);
        var start = World.Dawn + 3_600_000;
        _station.Plan(Entry(7, sound, start)).RunFor(10_000).Disconnect();

        _station.RunTo(start + 2000);

        Assert.Equal(sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Broadcast_follows_another_without_a_gap()
    {
        var first = _station.Serve(8000);
        var second = _station.Serve(8000);
        var start = World.Dawn + 60_000;

        _station.Plan(Entry(7, first, start), Entry(8, second, start + 1000)).RunTo(start + 3000);

        Assert.Equal([7L, 8L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal((start + 1000) * 1000, _station.Output.Heard[1].FirstAt, 125.0 / 2);
        Assert.Equal(first.Samples, _station.Output.Heard[0].Samples);
        Assert.Equal(second.Samples, _station.Output.Heard[1].Samples);
    }

    [Fact]
    public void Broadcast_starts_late_but_not_after_its_latest_start()
    {
        var sound = _station.Serve(8000);
        var entry = Entry(7, sound, _station.World.Now - 20_000);

        _station.Plan(entry).RunFor(10_000);

        Assert.InRange(Assert.Single(_station.Output.Heard).Announced, entry.Start + 20_000, entry.LatestStart);
        Assert.Equal(sound.Samples, _station.Output.Heard[0].Samples);
    }

    [Fact]
    public void Broadcast_is_missed_when_its_latest_start_has_passed()
    {
        var entry = Entry(7, _station.Serve(8000), _station.World.Now - 20_000);
        entry.LatestStart = entry.Start + 10_000;

        _station.Plan(entry).RunFor(30_000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal(
            [(ReceiptStep.Received, ReceiptReason.None), (ReceiptStep.Missed, ReceiptReason.Expired)], _station.StepsOf(7));
    }

    [Fact]
    public void Broadcast_leaves_the_amplifier_asleep_when_there_is_no_time_to_wake_it()
    {
        var sound = _station.Serve(8000);
        _station.Store(sound);
        var entry = Entry(7, sound, _station.World.Now);
        entry.LatestStart = entry.Start + 100;

        _station.Plan(entry).RunFor(5000);

        Assert.Equal(0, _station.Output.OpenedAt);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Expired), _station.StepsOf(7).Last());
    }

    [Fact]
    public void Broadcast_is_missed_when_its_sound_never_came()
    {
        var start = World.Dawn + 60_000;
        _station.ChunkArrives = _ => false;

        _station.Plan(Entry(7, _station.Serve(8000), start)).RunTo(start + 70_000);

        Assert.Equal((ReceiptStep.Missed, ReceiptReason.NoSound), _station.StepsOf(7).Last());
    }

    [Fact]
    public void Broadcast_is_missed_when_the_output_fails()
    {
        var start = World.Dawn + 60_000;
        _station.Output.Fails = true;

        _station.Plan(Entry(7, _station.Serve(8000), start)).RunTo(start + 70_000);

        Assert.Equal((ReceiptStep.Missed, ReceiptReason.OutputFailed), _station.StepsOf(7).Last());
    }

    [Fact]
    public void Broadcast_is_interrupted_when_the_output_fails_under_it()
    {
        var start = World.Dawn + 60_000;
        _station.Plan(Entry(7, _station.Serve(80_000), start)).RunTo(start + 1000);

        _station.Output.Fails = true;
        _station.RunFor(3000);

        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.OutputFailed), _station.StepsOf(7).Last());
        Assert.Equal(_station.Output.Heard[0].Samples.Count, _station.Receipts.Values.Last().Samples);
    }

    [Fact]
    public void Broadcast_is_rejected_in_a_codec_the_node_does_not_know()
    {
        var entry = Entry(7, _station.Serve(8000), World.Dawn + 60_000);
        entry.Codec = CodecId.Mp3;

        _station.Plan(entry).RunFor(1000);

        Assert.Equal([(ReceiptStep.Rejected, ReceiptReason.UnknownCodec)], _station.StepsOf(7));
    }

    [Fact]
    public void Broadcast_with_more_samples_than_its_object_holds_is_rejected()
    {
        var entry = Entry(7, _station.Serve(8000), World.Dawn + 60_000);
        entry.Samples++;

        _station.Plan(entry).RunFor(1000);

        Assert.Equal([(ReceiptStep.Rejected, ReceiptReason.Malformed)], _station.StepsOf(7));
    }

    [Theory]
    [InlineData(BuiltInSound.Siren)]
    [InlineData(BuiltInSound.Chime)]
    public void Broadcast_needs_no_storage_for_a_built_in_sound(int sound)
    {
        var start = _station.World.Now + 2000;
        var entry = Entry(7, _station.Serve(1), start, BroadcastClass.Emergency);
        entry.ObjectId = BuiltInSound.ObjectId(sound);
        entry.Samples = 12_000;

        _station.Plan(entry).RunTo(start + 3000);

        var heard = Assert.Single(_station.Output.Heard);
        Assert.Equal(12_000, heard.Samples.Count);
        Assert.InRange(heard.Samples.Max(sample => (int)sample), 15_000, 16_384);
    }

    [Fact]
    public void Broadcast_sounds_at_the_volume_of_the_plan()
    {
        var sound = _station.Serve(8000);
        var start = World.Dawn + 60_000;
        var plan = _station.PlanOf(Entry(7, sound, start));
        plan.Volume = 50;

        _station.Plan(plan).RunTo(start + 2000);

        Assert.Equal(sound.Samples.Select(sample => (short)(sample * 128 >> 8)), _station.Output.Heard[0].Samples);
    }
}
