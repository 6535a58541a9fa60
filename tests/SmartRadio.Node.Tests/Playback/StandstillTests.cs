using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Playback;

/// <summary>Seconds in which nothing of the device runs but the output's ring: a look-up, a handshake, a flash erase.</summary>
public class StandstillTests
{
    private const long Start = World.Dawn + 120_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stored_sound_goes_on_through_3_s_in_which_nothing_runs(bool isOnline)
    {
        var sound = Planned();
        if (!isOnline)
        {
            _station.Disconnect();
        }

        for (var second = 5; second < 55; second += 10)
        {
            _station.RunTo(Start + (second * 1000)).StandStill(3000);
        }

        _station.RunTo(Start + 70_000);
        Assert.False(_station.Output.RanDry);
        Assert.Equal(sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Sound_at_16_khz_goes_on_through_a_second_and_a_half()
    {
        var sound = _station.Serve(60 * 16_000);
        var entry = Entry(1, sound, Start);
        entry.Codec = CodecId.ULaw16;
        _station.Plan(entry).RunTo(Start + 10_000).StandStill(1400).RunTo(Start + 70_000);

        Assert.False(_station.Output.RanDry);
        Assert.Equal(60 * 16_000, Assert.Single(_station.Output.Heard).Samples.Count);
    }

    [Fact]
    public void Stop_is_heard_at_once_however_much_the_ring_holds()
    {
        Planned();
        _station.RunTo(Start + 20_000).Node.StopPressed();

        Assert.Equal(0, _station.Output.Queued);
        var heard = _station.RunFor(5000).Output.Heard[0].Samples.Count;
        Assert.InRange(heard, 19_900 * 8, 20_100 * 8);
        Assert.Equal(heard, _station.Receipts.Values.Last(receipt => receipt.Broadcast == 1).Samples);
    }

    [Fact]
    public void Stop_silences_the_end_that_is_already_in_the_ring()
    {
        Planned();
        _station.RunTo(Start + 58_000).Node.StopPressed();

        Assert.InRange(_station.RunFor(5000).Output.Heard[0].Samples.Count, 57_900 * 8, 58_100 * 8);
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.LocalStop), _station.StepsOf(1).Last());
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(58_000)]
    public void Emergency_does_not_wait_for_what_the_ring_holds(int at)
    {
        var sound = Planned(PlanEntry.Resume);
        var siren = Siren(Start + at);
        _station.RunTo(Start + at).Plan(First(sound, PlanEntry.Resume), siren)
            .RunTo(Start + 90_000);

        var emergency = _station.Output.Heard.Single(heard => heard.Broadcast == 2);
        Assert.InRange((emergency.FirstAt / 1000) - Start - at, 0, 700);
        Assert.Equal(0, emergency.Announced - (emergency.FirstAt / 1000), 1.0);
        // It resumes at the very sample: nothing is lost, nothing is heard twice.
        var parts = _station.Output.Heard.Where(heard => heard.Broadcast == 1).SelectMany(heard => heard.Samples).ToList();
        Assert.Equal(sound.Samples, parts);
    }

    [Fact]
    public void Next_broadcast_starts_on_its_sample_behind_one_that_fills_the_ring()
    {
        var sound = Planned();
        var second = Entry(2, _station.Serve(80_000), Start + 30_000, BroadcastClass.Priority);
        _station.Plan(First(sound, 0), second).RunTo(Start + 60_000);

        Assert.Equal((Start + 30_000) * 1000, _station.Output.Heard[1].FirstAt, 1500.0);
        Assert.False(_station.Output.RanDry);
    }

    private BenchSound Planned(byte flags = 0)
    {
        var sound = _station.Serve(60 * 8000);
        _station.Plan(First(sound, flags)).RunTo(Start - 10_000);
        return sound;
    }

    private static PlanEntry First(BenchSound sound, byte flags)
    {
        var entry = Entry(1, sound, Start, flags: flags);
        entry.LatestStart = Start + 200_000;
        return entry;
    }

    private static PlanEntry Siren(long start)
    {
        var entry = Entry(2, new BenchSound(9, 1), start, BroadcastClass.Emergency);
        entry.ObjectId = BuiltInSound.ObjectId(BuiltInSound.Siren);
        entry.Samples = 8000 * 5;
        return entry;
    }
}
