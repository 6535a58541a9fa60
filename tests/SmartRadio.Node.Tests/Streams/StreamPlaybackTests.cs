using SmartRadio.Node.Sound;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Streams;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Streams;

public class StreamPlaybackTests
{
    private const long Start = World.Dawn + 60_000;
    private const int FrameSamples = 1600;

    private static readonly byte[] StreamId = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] StreamKey = [.. Enumerable.Range(100, 16).Select(i => (byte)i)];

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public StreamPlaybackTests()
    {
        _sound = _station.Serve(80_000);
        _station.ChunkArrives = _ => false;
    }

    [Fact]
    public void Stream_is_played_from_the_instant_on_when_the_object_is_not_there()
    {
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start - 2000));
        Play(0, 50, _ => true).RunTo(Start + 15_000);

        var heard = Assert.Single(_station.Output.Heard);
        Assert.Equal(Start * 1000, heard.FirstAt, 62.5);
        Assert.Equal(_sound.Samples, heard.Samples);
        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Stream_gives_way_to_the_object_when_that_is_there()
    {
        _station.Store(_sound);
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start - 2000));

        _station.RunTo(Start + 15_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Stream_over_before_the_node_learns_of_it_counts_as_missed()
    {
        var learnt = Start + 30_000;
        Open(_station.RunTo(learnt));
        Play(40, 50, _ => true);
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 90_000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.NoSound), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Stream_of_which_nothing_is_heard_before_its_end_was_lost_not_finished()
    {
        var four = _station.Serve(32_000);
        Open(_station.RunTo(Start + 1000));
        Receive(Frame(0));
        _station.Plan(Entry(1, four, Start)).RunTo(Start + 20_000);

        Assert.Empty(Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.StreamLost), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Stream_keeps_its_place_over_lost_frames_and_counts_what_was_heard()
    {
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start - 2000));
        Play(0, 50, frame => frame % 5 != 3).RunTo(Start + 15_000);

        var heard = Assert.Single(_station.Output.Heard);
        var expected = _sound.Samples.Where((_, i) => i / FrameSamples % 5 != 3).ToArray();
        Assert.Equal(expected, heard.Samples);
        Assert.Equal((Start + 10_000) * 1000, heard.LastAt, 62.5);
        Assert.Equal(expected.Length, _station.Receipts.Values.Last().Samples);
    }

    [Fact]
    public void Stream_is_put_in_order()
    {
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start - 2000));
        foreach (var frame in Enumerable.Range(0, 50).OrderBy(frame => (frame / 4 * 4) + (3 - (frame % 4))))
        {
            _station.World.After((frame / 4 * 4 * 200_000) + 500_000, () => Receive(Frame(frame)));
        }

        _station.RunTo(Start + 15_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Stream_joined_late_is_heard_from_where_it_is_then()
    {
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start + 4000));
        Play(20, 50, _ => true).RunTo(Start + 15_000);

        var heard = Assert.Single(_station.Output.Heard);
        var position = (int)(heard.FirstAt - (Start * 1000)) / 125;
        Assert.Equal(_sound.Samples[position..], heard.Samples);
    }

    [Fact]
    public void Stream_that_breaks_off_is_told_as_lost()
    {
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start - 2000));
        Play(0, 10, _ => true).RunTo(Start + 15_000);

        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.StreamLost), _station.StepsOf(1).Last());
        Assert.Equal(16_000, _station.Receipts.Values.Last().Samples);
    }

    [Fact]
    public void Stream_takes_no_frame_under_another_key()
    {
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start - 2000));
        for (var i = 0; i < 50; i++)
        {
            Receive(Frame(i).Seal(new byte[16]));
        }

        _station.RunTo(Start + 70_000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal(50, _station.Beats.Last().Rejected);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.NoSound), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Stream_takes_no_frame_with_a_bit_flipped()
    {
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start - 2000));
        var frame = Frame(0).Seal(StreamKey);
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            Receive(frame.ToArray());
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Empty(_station.RunTo(Start + 10_000).Output.Heard);
    }

    [Fact]
    public void Frame_sent_again_is_not_heard_again()
    {
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start - 2000));
        Play(0, 50, _ => true);
        Play(0, 50, _ => true, ahead: -3000).RunTo(Start + 20_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Frames_far_ahead_fill_no_more_than_their_share_of_memory()
    {
        var buffer = new JitterBuffer(CodecId.ULaw8);

        var kept = Enumerable.Range(0, 1000)
            .Count(i => buffer.Put(new StreamFrame { Position = i * 100, Payload = new byte[100] }));

        Assert.Equal(100, kept);
    }

    [Fact]
    public void Stream_is_no_longer_listened_to_when_its_broadcast_is_over()
    {
        Open(_station.Plan(Entry(1, _sound, Start)).RunTo(Start - 2000));
        Assert.Contains(Topic, _station.Link.Filters);

        Play(0, 50, _ => true).RunTo(Start + 15_000);

        Assert.DoesNotContain(Topic, _station.Link.Filters);
    }

    [Fact]
    public void Stream_of_an_unknown_codec_is_rejected()
    {
        Open(_station, CodecId.Mp3).RunFor(1000);

        Assert.Contains((ReceiptStep.Rejected, ReceiptReason.UnknownCodec), _station.StepsOf(0));
    }

    [Fact]
    public void Too_many_streams_do_not_fill_the_memory()
    {
        for (var i = 0; i < 20; i++)
        {
            Open(_station, broadcast: i + 1, id: [.. Enumerable.Repeat((byte)i, 8)]);
        }

        Assert.Equal(4, _station.Link.Filters.Count(filter => filter.Contains("/s/", StringComparison.Ordinal)));
    }

    private static string Topic => Topics.Stream(Hex.Encode(StreamId), CodecId.ULaw8);

    private static Station Open(Station station, CodecId codec = CodecId.ULaw8, long broadcast = 1, byte[]? id = null)
    {
        var open = new StreamOpen
        {
            Broadcast = broadcast,
            StreamId = id ?? StreamId,
            Codec = codec,
            WrappedKey = station.Wrap(StreamKey)
        };
        return station.Send(CommandType.StreamOpen, open.Write());
    }

    private StreamFrame Frame(int number) => new()
    {
        Codec = CodecId.ULaw8,
        StreamId = StreamId,
        Sequence = number,
        Position = number * FrameSamples,
        Payload = _sound.Bytes[(number * FrameSamples)..((number + 1) * FrameSamples)],
    };

    /// <summary>Sends frames in real time, each so many ms ahead of the instant at which it is heard.</summary>
    private Station Play(int first, int end, Func<int, bool> arrives, int ahead = 1200)
    {
        foreach (var number in Enumerable.Range(first, end - first).Where(arrives))
        {
            // In the middle of a millisecond, as all that happens in this world.
            var at = ((Start + (number * 200) - ahead) * 1000) + 500;
            _station.World.After(Math.Max(0, at - _station.World.Microseconds), () => Receive(Frame(number)));
        }

        return _station;
    }

    private void Receive(StreamFrame frame) => Receive(frame.Seal(StreamKey));

    private void Receive(byte[] message) => _station.Node.Received(Topic, message);
}
