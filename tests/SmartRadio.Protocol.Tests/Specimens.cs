using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Protocol.Tests;

/// <summary>One valid message of a kind, with the way to read it back.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Bytes">As it goes on the wire.</param>
/// <param name="Reread">Reads bytes and writes what was understood; null when they were rejected.</param>
public sealed record Specimen(string Kind, byte[] Bytes, Func<byte[], byte[]?> Reread)
{
    public override string ToString() => Kind;
}

/// <summary>Every message of the protocol, each field with a value of its own.</summary>
public static class Specimens
{
    public static readonly byte[] NodeId = Convert.FromHexString("0011223344556677");
    public static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    public static readonly NodeKeys Keys = new(Secret);
    public static readonly byte[] StreamKey = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    private static readonly byte[] ObjectId = [.. Enumerable.Range(50, 16).Select(i => (byte)i)];
    private static readonly byte[] StreamId = Convert.FromHexString("a1a2a3a4a5a6a7a8");

    public static TheoryData<Specimen> All { get; } =
    [
        Of("plan",
            new Plan { Number = 7, Volume = 80, QuietFrom = 1320, QuietTo = 300, UtcOffset = 420, MinutesPerDay = 90,
                Entries = [Entry(1), Entry(2)] }.Write(), b => Plan.Read(b)?.Write()),
        Of("plan with changes of the volume",
            new Plan { Number = 8, Volume = 80, UtcOffset = 420, Entries = [Entry(1)],
                Volumes = [new() { From = 300, Volume = 40 }, new() { From = 1020, Volume = 100 }] }.Write(),
            b => Plan.Read(b)?.Write()),
        Of("empty plan", new Plan { Number = 1, Entries = [] }.Write(), b => Plan.Read(b)?.Write()),
        Of("stop", new StopCommand { Broadcast = 77 }.Write(), b => StopCommand.Read(b)?.Write()),
        Of("chime", new ChimeCommand { Volume = 60 }.Write(), b => ChimeCommand.Read(b)?.Write()),
        Of("stream open",
            new StreamOpen { Broadcast = 9, StreamId = StreamId, Codec = CodecId.Ima8, WrappedKey = StreamKey }.Write(),
            b => StreamOpen.Read(b)?.Write()),
        Of("rotate", new RotateCommand { KeyId = 3, WrappedSecret = [.. Secret.Reverse()] }.Write(), b =>
            RotateCommand.Read(b)?.Write()),
        Of("update", new UpdateCommand { Version = "1.4.2", ObjectId = ObjectId, ObjectBytes = 70_000 }.Write(), b =>
            UpdateCommand.Read(b)?.Write()),
        Of("release bundle", new ReleaseBundle { Names = ["a", "b.pe"], Assemblies = [[1], [2, 3]] }.Write(), b =>
            ReleaseBundle.Read(b)?.Write()),
        Of("clock request", new ClockRequest { NodeSent = 123456789 }.Write(), b => ClockRequest.Read(b)?.Write()),
        Of("clock reply", new ClockReply { RequestCounter = 1, NodeSent = 2, ControllerReceived = 3, ControllerSent = 4 }.Write(),
            b => ClockReply.Read(b)?.Write()),
        Of("hello",
            new Hello { Firmware = "1.0", Hardware = "ESP32-S3", Codecs = 14, StorageSize = 3072, PlanNumber = 5 }.Write(),
            b => Hello.Read(b)?.Write()),
        Of("heartbeat", Beat().Write(), b => Heartbeat.Read(b)?.Write()),
        Of("health",
            new Health { Line = LineState.Silent, LineLevel = 12, Update = UpdateState.Trial, UpdateVersion = "1.4.2" }.Write(),
            b => Health.Read(b)?.Write()),
        Of("receipts", new ReceiptReport { Receipts = [Receipt(1), Receipt(2)] }.Write(), b => ReceiptReport.Read(b)?.Write()),
        Of("receipt acknowledgement", new ReceiptAck { First = 3, Last = 9 }.Write(), b => ReceiptAck.Read(b)?.Write()),
        Of("resume request", new ResumeRequest { Nonce = ObjectId }.Write(), b => ResumeRequest.Read(b)?.Write()),
        Of("resume reply",
            new ResumeReply { Nonce = ObjectId, UpCounter = (7L << 32) + 3, CommandCounter = (1_795_125_600L << 32) + 9,
                Receipt = 44 }.Write(), b => ResumeReply.Read(b)?.Write()),
        Of("chunk request", new ChunkRequest { ObjectId = ObjectId, First = [0, 7], Count = [1, 20] }.Write(), b =>
            ChunkRequest.Read(b)?.Write()),
        Of("object chunk",
            new ObjectChunk { Index = 1, ObjectLength = 30, Payload = [.. Enumerable.Range(0, 30).Select(i => (byte)i)] }.Write(),
            b => ObjectChunk.Read(b)?.Write()),
        Of("command", Command().Seal(Keys.Command), b =>
            Envelope.Parse(b) is { } e && Envelope.IsAuthentic(b, Keys.Command) ? e.Seal(Keys.Command) : null),
        Of("stream frame", Frame().Seal(StreamKey), b => StreamFrame.Open(b, StreamKey)?.Seal(StreamKey)),
    ];

    public static Envelope Command() => new()
    {
        Type = (byte)CommandType.Stop,
        NodeId = NodeId,
        Counter = 5,
        Issued = 1700000000000,
        Expires = 1700000060000,
        Body = new StopCommand { Broadcast = 77 }.Write(),
    };

    public static StreamFrame Frame() =>
        new() { Codec = CodecId.ULaw8, StreamId = StreamId, Sequence = 3, Position = 4800, Payload = [0xff, 0x7f, 0x00, 0x80] };

    public static PlanEntry Entry(long broadcast) => new()
    {
        Broadcast = broadcast,
        ObjectId = ObjectId,
        Codec = CodecId.ULaw8,
        ObjectBytes = 70_000,
        Samples = 69_000,
        Start = 1795125600000,
        LatestStart = 1795125660000,
        Class = BroadcastClass.Priority,
        Flags = PlanEntry.Resume,
        Volume = 255,
    };

    private static Receipt Receipt(long number) => new()
    {
        Number = number,
        Broadcast = 4,
        Step = ReceiptStep.Interrupted,
        Reason = ReceiptReason.Preempted,
        Instant = 1795125600000,
        Samples = 8000,
    };

    private static Heartbeat Beat() => new()
    {
        PlanNumber = 7,
        OnAir = 4,
        Volume = 80,
        Signal = -67,
        StorageFree = 2000,
        ClockOffset = -12,
        Temperature = -15,
        Supply = 12_100,
        Uptime = 3600,
        Rejected = 2,
    };

    private static Specimen Of(string kind, byte[] bytes, Func<byte[], byte[]?> reread) => new(kind, bytes, reread);
}
