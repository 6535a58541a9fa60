using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Playback;

public class CalmTimesTests
{
    private const long Start = World.Dawn + 120_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Fact]
    public void Nothing_stands_still_from_5_s_before_a_start_to_its_sound_s_end()
    {
        var sound = _station.Serve(80_000);
        _station.Plan(Entry(1, sound, Start)).RunFor(20_000).Disconnect();
        var asked = new List<(long At, bool May, bool Briefly)>();
        while (_station.World.Now < Start + 20_000)
        {
            _station.RunFor(50);
            asked.Add((_station.World.Now - Start, _station.Node.Calm.MayStall, _station.Node.Calm.MayStallBriefly));
        }

        foreach (var (at, may, briefly) in asked.Where(look => look.At is not (>= 9950 and <= 15_000)))
        {
            Assert.True(may == at is < -15_000 or > 10_000 || at is > -15_100 and < -14_900, $"look-up at {at} ms: {may}");
            Assert.True(briefly == at is < -5000 or > 10_000 || at is > -5100 and < -4900, $"attempt at {at} ms: {briefly}");
        }
    }

    [Fact]
    public void Garbage_is_collected_only_when_nothing_starts_within_10_s()
    {
        var sound = _station.Serve(80_000);
        _station.Plan(Entry(1, sound, Start)).RunFor(20_000).Disconnect();

        Assert.True(_station.RunTo(Start - 10_050).Node.Calm.MayCollect);
        Assert.False(_station.RunTo(Start - 9900).Node.Calm.MayCollect);
        Assert.False(_station.RunTo(Start + 5000).Node.Calm.MayCollect);
        Assert.True(_station.RunTo(Start + 20_000).Node.Calm.MayCollect);
    }

    [Fact]
    public void Broadcast_that_was_stopped_keeps_nothing_from_standing_still()
    {
        var sound = _station.Serve(80_000);
        _station.Plan(Entry(1, sound, Start)).RunTo(Start - 20_000)
            .Send(CommandType.Stop, new StopCommand { Broadcast = 1 }.Write());

        Assert.True(_station.RunTo(Start - 2000).Node.Calm.MayStallBriefly);
    }

    [Fact]
    public void Broadcast_whose_sound_is_missing_does_not_keep_the_node_from_the_link()
    {
        _station.ChunkArrives = _ => false;
        _station.Plan(Entry(1, _station.Serve(80_000), Start)).RunFor(10_000).Disconnect();

        Assert.True(_station.RunTo(Start + 10_000).Node.Calm.MayStall);
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(9, false)]
    public void Pause_in_a_programme_longer_than_10_minutes_serves_for_a_short_attempt(int minutes, bool expected)
    {
        var seen = PausesIn(minutes);

        Assert.Equal(expected, seen.Brief);
        Assert.False(seen.Any, "A sound from storage is no time for an attempt without limit.");
        Assert.False(seen.InSound, "An attempt would fall into speech.");
    }

    [Fact]
    public void Chunks_are_neither_asked_for_nor_written_within_2_s_of_a_start()
    {
        var sound = _station.Serve(80_000);
        var other = _station.Serve(400_000);
        _station.Plan(Entry(1, sound, Start)).RunFor(20_000);
        _station.RunTo(Start - 1900).Plan(Entry(1, sound, Start), Entry(2, other, Start + 600_000));
        var asked = _station.Requests.Count;
        for (var index = 0; index < 5; index++)
        {
            _station.RunFor(100).Node.Received(other.Topic, other.Chunk(index));
        }

        _station.RunTo(Start - 50);
        Assert.Equal(asked, _station.Requests.Count);
        Assert.False(_station.Files.Content.ContainsKey("o" + Hex.Encode(other.Id)));

        _station.RunTo(Start + 60_000);
        Assert.Contains((ReceiptStep.Verified, ReceiptReason.None), _station.StepsOf(2));
    }

    [Fact]
    public void Emergency_is_fetched_however_near_a_start_is()
    {
        var sound = _station.Serve(80_000);
        var urgent = _station.Serve(8000);
        _station.Plan(Entry(1, sound, Start)).RunTo(Start - 1900);

        _station.Plan(Entry(1, sound, Start), Entry(2, urgent, Start - 1900, BroadcastClass.Emergency)).RunTo(Start);

        Assert.Contains((ReceiptStep.Verified, ReceiptReason.None), _station.StepsOf(2));
    }

    /// <summary>Speech with a second of silence in each minute.</summary>
    private (bool Brief, bool Any, bool InSound) PausesIn(int minutes)
    {
        var bytes = new byte[minutes * 60 * 8000];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = i % (60 * 8000) < 8000 ? (byte)0xFF : (byte)(0x80 + (i % 5));
        }

        var sound = new BenchSound(bytes);
        _station.Store(sound);
        _station.Plan(Entry(1, sound, Start)).Disconnect().RunTo(Start + 2000);
        var (brief, any, inSound) = (false, false, false);
        while (_station.World.Now < Start + (minutes * 60_000) - 2000)
        {
            _station.RunFor(50);
            var written = _station.Output.Heard[^1].Samples.Count % (60 * 8000);
            brief |= _station.Node.Calm.MayStallBriefly;
            any |= _station.Node.Calm.MayStall;
            inSound |= _station.Node.Calm.MayStallBriefly && written > 8500;
        }

        return (brief, any, inSound);
    }
}
