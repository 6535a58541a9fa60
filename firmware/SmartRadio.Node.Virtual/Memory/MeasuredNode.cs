using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Sound;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Node.Virtual.Memory;

/// <summary>
/// A node on a clock that is moved by hand, with a controller at its ear: for looking at its memory, not at its behaviour.
/// </summary>
internal sealed class MeasuredNode
{
    private const int Rate = 8000;

    private static readonly byte[] Id = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] StreamId = [8, 7, 6, 5, 4, 3, 2, 1];
    private static readonly byte[] StreamKey = new byte[16];

    private readonly HandClock _clock = new();
    private readonly NodeIdentity _identity = new(Id, Secret, "measured", "0");
    private readonly LoudspeakerNode _node;
    private readonly Ear _ear = new();
    private long _counter;
    private long _plan;
    private long _broadcast;

    public MeasuredNode(IFiles files)
    {
        _node = new LoudspeakerNode(_identity, new NodeHardware
        {
            Link = _ear,
            Clock = _clock,
            Files = files,
            Output = new SilentOutput(_clock),
            Cipher = new AesCipher(),
            Sensors = new Sensors(new NodeProfile(), TimeProvider.System),
            Jitter = new RandomJitter(),
        });
        _node.Connected();
        Pass(1000);
    }

    /// <summary>Bytes that it holds by the device's rules.</summary>
    public long OnDevice => DeviceMemory.Of(_node);

    /// <summary>Unix milliseconds.</summary>
    private long Now => _clock.Microseconds / 1000;

    /// <summary>
    /// A week's plan, every receipt the node can keep and every record: what it holds after long without a link.
    /// </summary>
    public void Fill()
    {
        for (var plan = 0; plan < 17; plan++)
        {
            TakePlan([.. Enumerable.Range(1, Plan.MaxEntries).Select(i => Entry(i * 3600_000L, Digest(plan, i), 240_000))]);
        }
    }

    /// <summary>Half of ten minutes of sound.</summary>
    public void Prefetch()
    {
        var sound = Sound(600 * Rate);
        TakePlan([Entry(3600_000, sound.Id, 600 * Rate)]);
        Receive(sound, sound.Layout.Chunks / 2);
    }

    /// <summary>In the middle of a bulletin of the given length from the storage.</summary>
    public void Play(int seconds)
    {
        var sound = Sound(seconds * Rate);
        TakePlan([Entry(2000, sound.Id, seconds * Rate)]);
        Receive(sound, sound.Layout.Chunks);
        Pass(4000);
    }

    /// <summary>In live sound, with the jitter buffer full.</summary>
    public void PlayLive()
    {
        TakePlan([Entry(2000, new byte[WireSizes.ObjectIdLength], 600 * Rate)]);
        var blocks = KeyWrap.CounterBlocks(_counter + 1, StreamKey.Length);
        Command(CommandType.StreamOpen, new StreamOpen
        {
            Broadcast = _broadcast,
            StreamId = StreamId,
            Codec = CodecId.ULaw8,
            WrappedKey = KeyWrap.Combine(StreamKey, new AesCipher().Encrypt(_identity.Keys.Wrap, blocks)),
        }.Write());
        var topic = Topics.Stream(Hex.Encode(StreamId), CodecId.ULaw8);
        for (var number = 0; number < 100; number++)
        {
            var frame = new StreamFrame
            {
                Codec = CodecId.ULaw8,
                StreamId = StreamId,
                Sequence = number,
                Position = number * 1600L,
                Payload = new byte[1600]
            };
            _node.Received(topic, frame.Seal(StreamKey));
        }

        Pass(3000);
    }

    /// <summary>Takes the largest command there is.</summary>
    public void TakeLargest() =>
        TakePlan([.. Enumerable.Range(1, Plan.MaxEntries).Select(i => Entry(i * 3600_000L, Digest(99, i), 240_000))]);

    /// <summary>Lets time pass as the device's loop does.</summary>
    public void Pass(int milliseconds)
    {
        for (var until = Now + milliseconds; Now < until;)
        {
            _clock.Microseconds += Math.Clamp(_node.Poll(), 0, 50) * 1000L;
            Answer();
        }
    }

    private static byte[] Digest(int plan, int entry) => ObjectHash.Digest([(byte)plan, (byte)entry]);

    private static (byte[] Id, byte[] Manifest, ObjectLayout Layout) Sound(int bytes)
    {
        var layout = new ObjectLayout(bytes);
        var manifest = Enumerable.Range(0, layout.Pieces)
            .SelectMany(i => ObjectHash.Digest(new byte[layout.ChunkLength(layout.ManifestChunks + i)])).ToArray();
        return (ObjectHash.Digest(manifest), manifest, layout);
    }

    private void Receive((byte[] Id, byte[] Manifest, ObjectLayout Layout) sound, int chunks)
    {
        var topic = Topics.Object(Hex.Encode(sound.Id));
        for (var index = 0; index < chunks; index++)
        {
            var start = index * ObjectLayout.PieceLength;
            var length = sound.Layout.ChunkLength(index);
            var payload = index < sound.Layout.ManifestChunks ? sound.Manifest[start..(start + length)] : new byte[length];
            _node.Received(
                topic, new ObjectChunk { Index = index, ObjectLength = sound.Layout.Length, Payload = payload }.Write());
            Pass(1);
        }
    }

    private PlanEntry Entry(long inMilliseconds, byte[] sound, int samples) => new()
    {
        Broadcast = ++_broadcast,
        ObjectId = sound,
        Codec = CodecId.ULaw8,
        ObjectBytes = samples,
        Samples = samples,
        Start = Now + inMilliseconds,
        LatestStart = Now + inMilliseconds + 60_000,
        Class = BroadcastClass.Normal,
        Volume = 255,
    };

    private void TakePlan(PlanEntry[] entries) =>
        Command(CommandType.Plan, new Plan { Number = ++_plan, Volume = 80, UtcOffset = 420, Entries = entries }.Write());

    private void Command(CommandType type, byte[] body)
    {
        Seal(type, body, ++_counter);
        Pass(1);
    }

    private void Seal(CommandType type, byte[] body, long counter)
    {
        var envelope = new Envelope
        {
            Type = (byte)type,
            NodeId = Id,
            Counter = counter,
            Issued = Now,
            Expires = Now + 60_000,
            Body = body
        };
        _node.Received(Topics.Command(_identity.Name), envelope.Seal(_identity.Keys.Command));
    }

    /// <summary>A node without a memory of its counters obeys nothing until it is told where it stood.</summary>
    private void Answer()
    {
        if (_ear.Nonce is { } nonce)
        {
            _ear.Nonce = null;
            Seal(CommandType.ResumeReply,
                new ResumeReply { Nonce = nonce, UpCounter = 0, CommandCounter = 0, Receipt = 0 }.Write(), counter: 0);
        }
    }

    private sealed class HandClock : ILocalClock
    {
        public long Microseconds { get; set; } = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

        public void Keep(long unixMilliseconds)
        {
            // Right as it is.
        }
    }

    /// <summary>Hears where the node stands and nothing else, so receipts pile up.</summary>
    private sealed class Ear : ILink
    {
        /// <summary>Of a question that waits for its answer.</summary>
        public byte[]? Nonce { get; set; }

        public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain)
        {
            if (Topics.NodeOf(topic) is { } node && topic == Topics.Up(node) && Envelope.Parse(payload) is { } envelope
                && envelope.Type == (byte)UpType.ResumeRequest)
            {
                Nonce = ResumeRequest.Read(envelope.Body).Nonce;
            }
        }

        public void Subscribe(string filter, bool atLeastOnce)
        {
            // What comes is handed to the node.
        }

        public void Unsubscribe(string filter)
        {
            // Nor from here.
        }
    }

    private sealed class SilentOutput(ILocalClock clock) : IAudioOutput
    {
        private RingPace? _pace;

        public int Queued => _pace?.Queued(clock.Microseconds) ?? 0;

        public int QueuedAtMost => _pace?.QueuedAtMost(clock.Microseconds) ?? 0;

        public int Capacity(int rate, bool isDeep) => RingSize.Samples(rate, isDeep);

        public bool Open(int rate, bool isDeep)
        {
            _pace = new RingPace(rate, RingSize.Bytes(rate, isDeep), clock.Microseconds);
            return true;
        }

        public void Starting(long broadcast, long instant)
        {
            // Nobody hears it.
        }

        public bool Write(byte[] pcm, int samples) => WriteSilence(samples);

        public bool WriteSilence(int samples)
        {
            _pace!.Wrote(samples, clock.Microseconds, clock.Microseconds);
            return true;
        }

        public void Close() => _pace = null;
    }
}
