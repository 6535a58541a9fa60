using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;
using SmartRadio.Protocol.Streams;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Bench;

internal enum MessageKind
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

internal enum MessageFault
{
    BitFlipped,
    Cut,
    Repeated,
    Old,
    ForAnotherNode,
    UnderAnotherKey,
}

/// <summary>A node, a message of every kind that it would take, and all that may be wrong with each.</summary>
internal sealed class MessageSpecimens
{
    public const long Start = World.Dawn + 3_600_000;

    private static readonly byte[] StreamId = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] StreamKey = [.. Enumerable.Range(100, 16).Select(i => (byte)i)];
    private static readonly byte[] Stranger = new byte[8];

    private readonly NodeKeys _oldKeys;
    private readonly byte[] _used;
    private readonly byte[] _usedAck;

    /// <summary>Takes the node to where a message of each kind would be taken.</summary>
    public MessageSpecimens()
    {
        Sound = Station.Serve(20_000);
        Station.ChunkArrives = _ => false;
        _oldKeys = Station.Keys;
        Station.Send(CommandType.Rotate, Rotate(1));
        _used = Station.Seal(CommandType.Plan, Station.PlanOf(Entry(1, Sound, Start)).Write());
        // Under the new keys, so from here on the old ones are worth nothing.
        Station.Deliver(_used).Send(CommandType.StreamOpen, Open(1)).RunFor(20_000);
        _usedAck = Station.Seal(CommandType.ReceiptAck, Ack());
        Station.Deliver(_usedAck);
        // The manifest and one piece are there, and a question about the time is open.
        Station.Node.Received(Sound.Topic, Sound.Chunk(0));
        Station.Node.Received(Sound.Topic, Sound.Chunk(1));
        Station.Node.Received(FrameTopic, Frame(0));
        Station.AnswersClock = false;
        Station.RunFor(20_000);
    }

    public Station Station { get; } = new Station().Boot().Connect().RunFor(5000);

    public BenchSound Sound { get; }

    private static string FrameTopic => Topics.Stream(Hex.Encode(StreamId), CodecId.ULaw8);

    private string Name => Hex.Encode(Asked.NodeId);

    /// <summary>The node's newest question about the time, which nobody has answered.</summary>
    private Envelope Asked => Station.Up.Last(up => up.Type == (byte)UpType.ClockRequest);

    /// <summary>What may be said twice: it is known already, so it is neither taken nor counted.</summary>
    public static bool IsHarmless(MessageKind kind, MessageFault wrong) =>
        (kind is MessageKind.Chunk or MessageKind.OwnChunk or MessageKind.Frame or MessageKind.ReceiptAck
            && wrong is MessageFault.Repeated)
        || (kind is MessageKind.Frame or MessageKind.ReceiptAck && wrong is MessageFault.Old)
        // What this node asked for may come when its plan no longer needs it.
        || (kind is MessageKind.OwnChunk && wrong is MessageFault.Old);

    public static byte[] Flipped(byte[] good, int bit)
    {
        var flipped = good.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    public (string Topic, byte[] Bytes) Right(MessageKind kind) => kind switch
    {
        MessageKind.Chunk => (Sound.Topic, Sound.Chunk(2)),
        MessageKind.OwnChunk => (Topics.OwnObject(Name, Hex.Encode(Sound.Id)), Sound.Chunk(2)),
        MessageKind.Frame => (FrameTopic, Frame(1)),
        _ => (Station.CommandTopic, Station.Seal(TypeOf(kind), Body(kind))),
    };

    public (string Topic, byte[] Bytes) Spoil(MessageKind kind, MessageFault wrong, int at)
    {
        var (topic, good) = Right(kind);
        return wrong switch
        {
            MessageFault.BitFlipped => (topic, Flipped(good, at % (good.Length * 8))),
            MessageFault.Cut => (topic, good[..(at % good.Length)]),
            _ when kind is MessageKind.Chunk or MessageKind.OwnChunk => SpoiltChunk(kind, wrong, at),
            MessageFault.Repeated when kind == MessageKind.Frame => (topic, Frame(0)),
            MessageFault.Old when kind == MessageKind.Frame => (topic, Frame(0)),
            MessageFault.ForAnotherNode when kind == MessageKind.Frame => (topic, Frame(1, id: Stranger)),
            _ when kind == MessageKind.Frame => (topic, Frame(1, key: new byte[16])),
            MessageFault.Repeated => (topic, kind == MessageKind.ReceiptAck ? _usedAck : _used),
            MessageFault.Old => (topic, Old(kind)),
            MessageFault.ForAnotherNode =>
                (topic, Station.Seal(TypeOf(kind), Body(kind), envelope => envelope.NodeId = Stranger)),
            _ => (topic, Station.Seal(TypeOf(kind), Body(kind), key: at % 2 == 0 ? _oldKeys.Command : new byte[32])),
        };
    }

    private static byte[] Frame(long sequence, byte[]? key = null, byte[]? id = null) => new StreamFrame
    {
        Codec = CodecId.ULaw8,
        StreamId = id ?? StreamId,
        Sequence = sequence,
        Position = sequence * 1600,
        Payload = new byte[1600],
    }.Seal(key ?? StreamKey);

    private (string Topic, byte[] Bytes) SpoiltChunk(MessageKind kind, MessageFault wrong, int at)
    {
        var mine = kind == MessageKind.OwnChunk;
        var other = Sound.Chunk(2);
        new Random(at).NextBytes(other.AsSpan(ObjectChunk.HeaderLength));
        return wrong switch
        {
            MessageFault.Repeated => (Right(kind).Topic, Sound.Chunk(at % 2)),
            MessageFault.Old =>
                (mine ? Topics.OwnObject(Name, Hex.Encode(new byte[16])) : Topics.Object(Hex.Encode(new byte[16])),
                    Sound.Chunk(2)),
            MessageFault.ForAnotherNode => (Topics.OwnObject(Hex.Encode(Stranger), Hex.Encode(Sound.Id)), Sound.Chunk(2)),
            _ => (Right(kind).Topic, other),
        };
    }

    private byte[] Old(MessageKind kind) => kind == MessageKind.ClockReply
        ? Station.Seal(CommandType.ClockReply, Answer(Asked.Counter - 100))
        : Station.Seal(TypeOf(kind), Body(kind), envelope => envelope.Expires = World.Dawn);

    private static CommandType TypeOf(MessageKind kind) => Enum.Parse<CommandType>(kind.ToString());

    private byte[] Body(MessageKind kind) => kind switch
    {
        MessageKind.Plan => new Plan { Number = 1000, Volume = 1, UtcOffset = 420, Entries = [] }.Write(),
        MessageKind.Stop => new StopCommand().Write(),
        MessageKind.Chime => new ChimeCommand { Volume = 100 }.Write(),
        MessageKind.StreamOpen => Open(1),
        MessageKind.Rotate => Rotate(2),
        MessageKind.ClockReply => Answer(Asked.Counter),
        _ => Ack(),
    };

    private static byte[] Ack() => new ReceiptAck { First = 0, Last = uint.MaxValue }.Write();

    private byte[] Answer(long counter) => new ClockReply
    {
        RequestCounter = counter,
        NodeSent = ClockRequest.Read(Asked.Body).NodeSent,
        ControllerReceived = Station.World.Now + 3_600_000,
        ControllerSent = Station.World.Now + 3_600_000,
    }.Write();

    private byte[] Rotate(byte id) =>
        new RotateCommand
        {
            KeyId = id,
            WrappedSecret = Station.Wrap([.. Enumerable.Range(id, 32).Select(i => (byte)i)])
        }.Write();

    private byte[] Open(long broadcast) =>
        new StreamOpen
        {
            Broadcast = broadcast,
            StreamId = StreamId,
            Codec = CodecId.ULaw8,
            WrappedKey = Station.Wrap(StreamKey)
        }.Write();
}
