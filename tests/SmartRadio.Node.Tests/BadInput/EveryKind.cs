using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Wire;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.BadInput;

/// <summary>Whatever is not right about a message, of every kind a node takes: refused, counted, nothing played, nothing changed.</summary>
public class A_message_that_is_not_right
{
    private const long Start = World.Dawn + 3_600_000;

    private static readonly byte[] StreamId = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] StreamKey = [.. Enumerable.Range(100, 16).Select(i => (byte)i)];
    private static readonly byte[] Stranger = new byte[8];

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;
    private readonly NodeKeys _oldKeys;
    private readonly byte[] _used;
    private readonly byte[] _usedAck;

    public A_message_that_is_not_right()
    {
        _sound = _station.Serve(20_000);
        _station.ChunkArrives = _ => false;
        _oldKeys = _station.Keys;
        _station.Send(CommandType.Rotate, Rotate(1));
        _used = _station.Seal(CommandType.Plan, _station.PlanOf(Entry(1, _sound, Start)).Write());
        // Under the new keys, so from here on the old ones are worth nothing.
        _station.Deliver(_used).Send(CommandType.StreamOpen, Open(1)).RunFor(20_000);
        _usedAck = _station.Seal(CommandType.ReceiptAck, Ack());
        _station.Deliver(_usedAck);
        // The manifest and one piece are there, and a question about the time is open.
        _station.Node.Received(_sound.Topic, _sound.Chunk(0));
        _station.Node.Received(_sound.Topic, _sound.Chunk(1));
        _station.Node.Received(FrameTopic, Frame(0));
        _station.AnswersClock = false;
        _station.RunFor(20_000);
    }

    private enum Kind
    {
        Plan,
        Stop,
        Chime,
        StreamOpen,
        Rotate,
        ClockReply,
        ReceiptAck,
        Chunk,
        OwnChunk,
        Frame,
    }

    private enum Wrong
    {
        BitFlipped,
        Cut,
        Repeated,
        Old,
        ForAnotherNode,
        UnderAnotherKey,
    }

    private static string FrameTopic => Topics.Stream(Hex.Encode(StreamId), CodecId.ULaw8);

    private string Name => Hex.Encode(Asked.NodeId);

    /// <summary>The node's newest question about the time, which nobody has answered.</summary>
    private Envelope Asked => _station.Up.Last(up => up.Type == (byte)UpType.ClockRequest);

    [Fact]
    public void Of_any_kind_is_refused_and_counted_and_changes_nothing()
    {
        var refused = _station.RunFor(40_000).Beats.Last().Refused;
        var state = State();
        var counted = 0;
        var sample =
            from kind in Gen.Elements(Enum.GetValues<Kind>())
            from wrong in Gen.Elements(Enum.GetValues<Wrong>())
            from at in Gen.Choose(0, int.MaxValue - 1)
            select (kind, wrong, at);

        Prop.ForAll(sample.ToArbitrary(), each =>
        {
            var (topic, bytes) = Spoil(each.kind, each.wrong, each.at);
            _station.Node.Received(topic, bytes);
            counted += IsHarmless(each.kind, each.wrong) ? 0 : 1;
            Assert.Equal(state, State());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

        Assert.Equal(refused + counted, _station.RunFor(40_000).Beats.Last().Refused);
        Assert.Empty(_station.Output.Heard);
        AssertWhatIsRightIsTaken();
    }

    [Fact]
    public void With_each_bit_flipped_or_cut_at_each_length_is_refused()
    {
        var refused = _station.RunFor(40_000).Beats.Last().Refused;
        var state = State();
        var sent = 0;
        foreach (var kind in Enum.GetValues<Kind>())
        {
            var (topic, good) = Right(kind);
            // Of a chunk or a frame the payload's bits are all alike: the first and the last of them stand for the rest.
            var bits = Enumerable.Range(0, good.Length * 8).Where(bit => good.Length < 1000 || bit < 400 || bit > (good.Length * 8) - 200);
            foreach (var bit in bits)
            {
                _station.Node.Received(topic, Flipped(good, bit));
                sent++;
            }

            foreach (var length in Enumerable.Range(0, good.Length))
            {
                _station.Node.Received(topic, good[..length]);
                sent++;
            }
        }

        Assert.Equal(state, State());
        Assert.Equal(refused + sent, _station.RunFor(40_000).Beats.Last().Refused);
        Assert.Empty(_station.Output.Heard);
        AssertWhatIsRightIsTaken();
    }

    /// <summary>What may be said twice: it is known already, so it is neither taken nor counted.</summary>
    private static bool IsHarmless(Kind kind, Wrong wrong) =>
        (kind is Kind.Chunk or Kind.OwnChunk or Kind.Frame or Kind.ReceiptAck && wrong is Wrong.Repeated)
        || (kind is Kind.Frame or Kind.ReceiptAck && wrong is Wrong.Old)
        // What this node asked for may come when its plan no longer needs it.
        || (kind is Kind.OwnChunk && wrong is Wrong.Old);

    private static byte[] Flipped(byte[] good, int bit)
    {
        var flipped = good.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static byte[] Frame(long sequence, byte[]? key = null, byte[]? id = null) => new StreamFrame
    {
        Codec = CodecId.ULaw8,
        StreamId = id ?? StreamId,
        Sequence = sequence,
        Position = sequence * 1600,
        Payload = new byte[1600],
    }.Seal(key ?? StreamKey);

    private (string Topic, byte[] Bytes) Spoil(Kind kind, Wrong wrong, int at)
    {
        var (topic, good) = Right(kind);
        return wrong switch
        {
            Wrong.BitFlipped => (topic, Flipped(good, at % (good.Length * 8))),
            Wrong.Cut => (topic, good[..(at % good.Length)]),
            _ when kind is Kind.Chunk or Kind.OwnChunk => SpoiltChunk(kind, wrong, at),
            Wrong.Repeated when kind == Kind.Frame => (topic, Frame(0)),
            Wrong.Old when kind == Kind.Frame => (topic, Frame(0)),
            Wrong.ForAnotherNode when kind == Kind.Frame => (topic, Frame(1, id: Stranger)),
            _ when kind == Kind.Frame => (topic, Frame(1, key: new byte[16])),
            Wrong.Repeated => (topic, kind == Kind.ReceiptAck ? _usedAck : _used),
            Wrong.Old => (topic, Old(kind)),
            Wrong.ForAnotherNode => (topic, _station.Seal(TypeOf(kind), Body(kind), envelope => envelope.NodeId = Stranger)),
            _ => (topic, _station.Seal(TypeOf(kind), Body(kind), key: at % 2 == 0 ? _oldKeys.Command : new byte[32])),
        };
    }

    private (string Topic, byte[] Bytes) SpoiltChunk(Kind kind, Wrong wrong, int at)
    {
        var mine = kind == Kind.OwnChunk;
        var other = _sound.Chunk(2);
        new Random(at).NextBytes(other.AsSpan(ObjectChunk.HeaderLength));
        return wrong switch
        {
            Wrong.Repeated => (Right(kind).Topic, _sound.Chunk(at % 2)),
            Wrong.Old => (mine ? Topics.OwnObject(Name, Hex.Encode(new byte[16])) : Topics.Object(Hex.Encode(new byte[16])), _sound.Chunk(2)),
            Wrong.ForAnotherNode => (Topics.OwnObject(Hex.Encode(Stranger), Hex.Encode(_sound.Id)), _sound.Chunk(2)),
            _ => (Right(kind).Topic, other),
        };
    }

    private (string Topic, byte[] Bytes) Right(Kind kind) => kind switch
    {
        Kind.Chunk => (_sound.Topic, _sound.Chunk(2)),
        Kind.OwnChunk => (Topics.OwnObject(Name, Hex.Encode(_sound.Id)), _sound.Chunk(2)),
        Kind.Frame => (FrameTopic, Frame(1)),
        _ => (_station.CommandTopic, _station.Seal(TypeOf(kind), Body(kind))),
    };

    private byte[] Old(Kind kind) => kind == Kind.ClockReply
        ? _station.Seal(CommandType.ClockReply, Answer(Asked.Counter - 100))
        : _station.Seal(TypeOf(kind), Body(kind), envelope => envelope.Expires = World.Dawn);

    private static CommandType TypeOf(Kind kind) => Enum.Parse<CommandType>(kind.ToString());

    private byte[] Body(Kind kind) => kind switch
    {
        Kind.Plan => new Plan { Number = 1000, Volume = 1, UtcOffset = 420, Entries = [] }.Write(),
        Kind.Stop => new StopCommand().Write(),
        Kind.Chime => new ChimeCommand { Volume = 100 }.Write(),
        Kind.StreamOpen => Open(1),
        Kind.Rotate => Rotate(2),
        Kind.ClockReply => Answer(Asked.Counter),
        _ => Ack(),
    };

    private static byte[] Ack() => new ReceiptAck { First = 0, Last = uint.MaxValue }.Write();

    private byte[] Answer(long counter) => new ClockReply
    {
        RequestCounter = counter,
        NodeSent = ClockRequest.Read(Asked.Body).NodeSent,
        ControllerReceived = _station.World.Now + 3_600_000,
        ControllerSent = _station.World.Now + 3_600_000,
    }.Write();

    private byte[] Rotate(byte id) => new RotateCommand { KeyId = id, WrappedSecret = Wrapped([.. Enumerable.Range(id, 32).Select(i => (byte)i)]) }.Write();

    private byte[] Open(long broadcast) =>
        new StreamOpen { Broadcast = broadcast, StreamId = StreamId, Codec = CodecId.ULaw8, WrappedKey = Wrapped(StreamKey) }.Write();

    private byte[] Wrapped(byte[] content)
    {
        using var aes = Aes.Create();
        aes.Key = _station.Keys.Wrap;
        return aes.EncryptEcb(content, PaddingMode.None);
    }

    /// <summary>
    /// All that the node keeps and shows but the book, in which it notes a few of its refusals: plan, keys, counters, what is of the
    /// object, and what it listens to.
    /// </summary>
    private string State() => string.Join(
        '\n',
        _station.Files.Content.Where(file => !file.Key.StartsWith("book", StringComparison.Ordinal))
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => file.Key + Convert.ToHexString(SHA256.HashData(file.Value)))
            .Concat(_station.Link.Filters.Order(StringComparer.Ordinal))
            .Append(Convert.ToHexString(_station.Keys.Command)));

    /// <summary>The same messages unspoilt are taken: it was not for another reason that they were refused.</summary>
    private void AssertWhatIsRightIsTaken()
    {
        var refused = _station.Beats.Last().Refused;
        foreach (var kind in new[] { Kind.Chime, Kind.StreamOpen, Kind.Chunk, Kind.OwnChunk, Kind.Frame, Kind.ReceiptAck, Kind.Rotate })
        {
            var (topic, good) = Right(kind);
            _station.Node.Received(topic, good);
        }

        _station.ChunkArrives = _ => true;
        _station.AnswersClock = true;
        _station.RunTo(Start + 60_000);
        Assert.Equal(refused, _station.Beats.Last().Refused);
        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard, heard => heard.Broadcast == 1).Samples);
        Assert.Equal(2, _station.Up[^1].KeyId);
        _station.Deliver(Right(Kind.Plan).Bytes).RunFor(2000);
        Assert.Equal(1000, _station.Beats.Last().PlanNumber);
    }
}
