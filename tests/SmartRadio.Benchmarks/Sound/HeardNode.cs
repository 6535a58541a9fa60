using System.Runtime.InteropServices;
using SmartRadio.Node;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Sound;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Simulation.Nodes;
using SmartRadio.Simulation.World;

namespace SmartRadio.Benchmarks.Sound;

/// <summary>
/// A whole node on a clock that is moved by hand: it gets a plan and the chunks of an object, as from the controller, and what it
/// gives its output is kept.
/// </summary>
internal sealed class HeardNode : ILink, ILocalClock, IAudioOutput
{
    private const int Seed = 1;
    private const long Broadcast = 7;
    private const int FullVolume = 100; // percent

    private static readonly byte[] Id = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] Secret = [.. Enumerable.Range(0, WireSizes.KeyLength).Select(i => (byte)i)];

    private readonly NodeIdentity _identity = new(Id, Secret, "heard", "1");
    private readonly LoudspeakerNode _node;
    private readonly List<short> _heard = [];
    private long _counter;
    private long _put;
    private long _openedAt;
    private int _rate;
    private bool _plays;
    private byte[]? _nonce;

    private HeardNode()
    {
        _node = new LoudspeakerNode(_identity, new NodeHardware
        {
            Link = this,
            Clock = this,
            Files = new Flash(1 << 28),
            Output = this,
            Cipher = new AesCipher(),
            Sensors = new SteadySensors(),
            Jitter = new Jitter(new Chance(Seed)),
        });
        _node.Connected();
        Pass(1_000);
    }

    public long Microseconds { get; private set; } = 1767225600000000;

    public int Queued => (int)Math.Max(0, _put - ((Microseconds - _openedAt) * _rate / 1_000_000));

    public int QueuedAtMost => Queued;

    private long Now => Microseconds / 1000;

    /// <summary>Has a node play an encoded sound at full volume.</summary>
    /// <returns>The 16-bit samples it gave its output, at the codec's rate.</returns>
    /// <exception cref="InvalidOperationException">It did not play all of it.</exception>
    public static short[] Play(byte[] sound, CodecId codec)
    {
        var node = new HeardNode();
        node.Take(sound, codec);
        var samples = SoundFormat.Samples(codec, sound.Length);
        node.Pass((int)(samples * 1000 / SoundFormat.Rate(codec)) + 15_000);
        return node._heard.Count >= samples
            ? [.. node._heard]
            : throw new InvalidOperationException($"The node played {node._heard.Count} of {samples} samples.");
    }

    public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain)
    {
        // It asks where it stood before anything else.
        if (Topics.NodeOf(topic) is { } node && topic == Topics.Up(node) && Envelope.Parse(payload) is { } envelope
            && envelope.Type == (byte)UpType.ResumeRequest)
        {
            _nonce = ResumeRequest.Read(envelope.Body).Nonce;
        }
    }

    public void Subscribe(string filter, bool atLeastOnce)
    {
        // What comes is handed to the node.
    }

    public void Unsubscribe(string filter)
    {
        // As above.
    }

    public void Keep(long unixMilliseconds)
    {
        // It is not switched off.
    }

    public int Capacity(int rate, bool isDeep) => RingSize.Samples(rate, isDeep);

    public bool Open(int rate, bool isDeep)
    {
        (_rate, _openedAt, _put) = (rate, Microseconds, 0);
        return true;
    }

    public void Starting(long broadcast, long instant) => _plays = broadcast == Broadcast;

    public bool Write(byte[] pcm, int samples)
    {
        if (_plays)
        {
            _heard.AddRange(MemoryMarshal.Cast<byte, short>(pcm.AsSpan(0, 2 * samples)));
        }

        return WriteSilence(samples);
    }

    public bool WriteSilence(int samples)
    {
        if (Queued == 0)
        {
            (_openedAt, _put) = (Microseconds, 0);
        }

        _put += samples;
        return true;
    }

    public void Close() => _plays = false;

    private void Take(byte[] sound, CodecId codec)
    {
        var layout = new ObjectLayout(sound.Length);
        var manifest = Enumerable.Range(0, layout.Pieces)
            .SelectMany(piece => ObjectHash.Digest(sound.AsSpan(
                piece * ObjectLayout.PieceLength, layout.ChunkLength(layout.ManifestChunks + piece)).ToArray()))
            .ToArray();
        byte[] content = [.. manifest, .. sound];
        var id = ObjectHash.Digest(manifest);
        var entry = new PlanEntry
        {
            Broadcast = Broadcast,
            ObjectId = id,
            Codec = codec,
            ObjectBytes = sound.Length,
            Samples = (int)SoundFormat.Samples(codec, sound.Length),
            Start = Now + 10_000,
            LatestStart = Now + 60_000,
            Class = BroadcastClass.Normal,
            Volume = FullVolume,
        };
        var plan = new Plan { Number = 1, Volume = FullVolume, UtcOffset = 420, Entries = [entry] };
        Send(CommandType.Plan, plan.Write(), ++_counter);
        Pass(1);
        var start = 0;
        for (var index = 0; index < layout.Chunks; index++)
        {
            var length = layout.ChunkLength(index);
            var chunk = new ObjectChunk
            {
                Index = index,
                ObjectLength = sound.Length,
                Payload = content[start..(start + length)],
            };
            _node.Received(Topics.Object(Hex.Encode(id)), chunk.Write());
            start += length;
            Pass(1);
        }
    }

    // Lets time pass as the device's loop does.
    private void Pass(int milliseconds)
    {
        for (var until = Now + milliseconds; Now < until;)
        {
            Microseconds += Math.Clamp(_node.Poll(), 0, 20) * 1000L;
            if (_nonce is { } nonce)
            {
                _nonce = null;
                Send(CommandType.ResumeReply,
                    new ResumeReply { Nonce = nonce, UpCounter = 0, CommandCounter = 0, Receipt = 0 }.Write(), counter: 0);
            }
        }
    }

    private void Send(CommandType type, byte[] body, long counter)
    {
        var envelope = new Envelope
        {
            Type = (byte)type,
            NodeId = Id,
            Counter = counter,
            Issued = Now,
            Expires = Now + 60_000,
            Body = body,
        };
        _node.Received(Topics.Command(_identity.Name), envelope.Seal(_identity.Keys.Command));
    }
}
