using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Streams;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Streams;

/// <summary>A node has places for four streams: who gives way when a fifth is opened.</summary>
public class StreamEvictionTests
{
    private const long Start = World.Dawn + 60_000;
    private const int FrameSamples = 1600;

    private static readonly byte[] StreamKey = [.. Enumerable.Range(100, 16).Select(i => (byte)i)];

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public StreamEvictionTests()
    {
        _sound = _station.Serve(80_000);
        _station.ChunkArrives = _ => false;
    }

    [Theory]
    [InlineData(BroadcastClass.Normal)]
    [InlineData(BroadcastClass.Emergency)]
    public void Sounding_stream_is_heard_to_its_end_however_many_are_opened(BroadcastClass sounding)
    {
        _station.Plan(
            [Entry(1, _sound, Start, sounding), .. Entries(2, BroadcastClass.Normal, 3, 4, 5, 6, 7, 8, 9)])
            .RunTo(Start - 2000);
        Open(1);
        Play(1).RunTo(Start + 2000);

        Open(2, 3, 4, 5, 6, 7, 8, 9);

        Assert.Equal(_sound.Samples, _station.RunTo(Start + 15_000).Output.Heard[0].Samples);
        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Stream_about_to_sound_keeps_its_place()
    {
        _station.Plan(
            [.. Entries(1, BroadcastClass.Normal), .. Entries(2, BroadcastClass.Priority, 3, 4),
                .. Entries(5, BroadcastClass.Emergency)]);
        Play(1);
        Open(1, 2, 3, 4);
        _station.RunTo(Start - 100);

        Open(5);

        Assert.Equal([1, 3, 4, 5], Opened);
    }

    [Fact]
    public void Suspended_stream_keeps_its_place()
    {
        var siren = _station.Serve(48_000);
        _station.Store(siren);
        _station.Plan(
            [Entry(1, _sound, Start, flags: PlanEntry.Resume), Entry(2, siren, Start + 2000, BroadcastClass.Emergency),
                .. Entries(3, BroadcastClass.Priority, 4, 5), .. Entries(6, BroadcastClass.Emergency)])
            .RunTo(Start - 2000);
        Open(1);
        Play(1).RunTo(Start + 4000);
        Open(3, 4, 5);

        Open(6);

        Assert.Equal([1, 4, 5, 6], Opened);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Emergency_takes_the_place_of_the_lowest_class(bool planKnown)
    {
        PlanEntry[] others = [.. Entries(1, BroadcastClass.Priority), .. Entries(2, BroadcastClass.Normal, 3, 4)];
        _station.Plan(planKnown ? [.. others, .. Entries(5, BroadcastClass.Emergency)] : others);
        Open(1, 2, 3, 4);

        Open(5);

        Assert.Equal([1, 3, 4, 5], Opened);
    }

    [Fact]
    public void Stream_that_came_before_its_plan_keeps_its_place()
    {
        _station.Plan([.. Entries(1, BroadcastClass.Normal, 2, 3, 4)]);
        Open(1, 2, 3, 9);

        Open(4);

        Assert.Equal([1, 2, 3, 9], Opened);
    }

    [Fact]
    public void Stream_that_no_plan_names_gives_way_after_a_minute()
    {
        _station.Plan([.. Entries(1, BroadcastClass.Normal, 2, 3, 4)]);
        Open(1, 2, 3, 9);
        _station.RunTo(Start + 10_000);

        Open(4);

        Assert.Equal([1, 2, 3, 4], Opened);
    }

    [Fact]
    public void Fifth_stream_of_the_same_class_is_rejected_as_busy()
    {
        _station.Plan([.. Entries(1, BroadcastClass.Normal, 2, 3, 4, 5)]);
        Open(1, 2, 3, 4, 5);

        Assert.Equal([1, 2, 3, 4], Opened);
        _station.RunFor(5000);
        Assert.Contains((ReceiptStep.Rejected, ReceiptReason.Busy), _station.StepsOf(0));
    }

    [Fact]
    public void Stream_over_by_the_clock_gives_way_though_its_broadcast_waits()
    {
        var later = Start + 15_000;
        _station.Plan([.. Entries(1, BroadcastClass.Normal, 2, 3), Entry(4, _sound, later), Entry(5, _sound, later)]);
        Open(4, 1, 2, 3);
        _station.RunTo(Start + 12_000);

        Open(5);

        Assert.Equal([2, 3, 4, 5], Opened);
    }

    private IEnumerable<int> Opened =>
        Enumerable.Range(1, 9).Where(broadcast => _station.Link.Filters.Contains(TopicOf(broadcast)));

    private static byte[] StreamId(int broadcast) => [.. Enumerable.Repeat((byte)broadcast, 8)];

    private static string TopicOf(int broadcast) => Topics.Stream(Hex.Encode(StreamId(broadcast)), CodecId.ULaw8);

    private IEnumerable<PlanEntry> Entries(int first, BroadcastClass soundClass, params int[] more) =>
        more.Prepend(first).Select(broadcast => Entry(broadcast, _sound, Start, soundClass));

    private void Open(params int[] broadcasts)
    {
        foreach (var broadcast in broadcasts)
        {
            var open = new StreamOpen
            {
                Broadcast = broadcast,
                StreamId = StreamId(broadcast),
                Codec = CodecId.ULaw8,
                WrappedKey = _station.Wrap(StreamKey)
            };
            _station.Send(CommandType.StreamOpen, open.Write());
        }
    }

    /// <summary>Sends all frames of a broadcast in real time, each 1.2 s ahead of the instant at which it is heard.</summary>
    private Station Play(int broadcast)
    {
        for (var number = 0; number < _sound.Bytes.Length / FrameSamples; number++)
        {
            var frame = new StreamFrame
            {
                Codec = CodecId.ULaw8,
                StreamId = StreamId(broadcast),
                Sequence = number,
                Position = number * FrameSamples,
                Payload = _sound.Bytes[(number * FrameSamples)..((number + 1) * FrameSamples)],
            };
            var at = ((Start + (number * 200) - 1200) * 1000) + 500;
            _station.World.After(
                at - _station.World.Microseconds, () => _station.Node.Received(TopicOf(broadcast), frame.Seal(StreamKey)));
        }

        return _station;
    }
}
