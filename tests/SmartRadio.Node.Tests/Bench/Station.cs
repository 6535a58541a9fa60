using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Updates;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>One node on the bench, its hardware, its power and its line, with a controller that answers it.</summary>
internal sealed partial class Station
{
    private static readonly byte[] NodeId = [0, 17, 34, 51, 68, 85, 102, 119];
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private NodeIdentity _identity = new(NodeId, Secret, "bench", "test");
    private LoudspeakerNode? _node;

    public World World { get; } = new();

    public BenchFiles Files { get; set; } = new();

    public BenchOutput Output { get; private set; } = null!;

    /// <summary>Stands in for <see cref="Output"/>.</summary>
    public IAudioOutput? OtherOutput { get; set; }

    public BenchLink Link { get; private set; } = null!;

    public BenchClock Clock { get; private set; } = null!;

    public LoudspeakerNode Node => _node!;

    public NodeKeys Keys => _identity.Keys;

    public string CommandTopic { get; } = Topics.Command(Hex.Encode(NodeId));

    /// <summary>µs each way between node and controller.</summary>
    public Func<long> Delay { get; set; } = () => 1000;

    /// <summary>Whether the link is up.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Bytes written to storage since the bench was set up.</summary>
    public int Written { get; private set; }

    /// <summary>All that was heard since the bench was set up, over reboots.</summary>
    public List<Heard> Heard { get; } = [];

    /// <summary>The line and what hears it; null where none is measured.</summary>
    public ILineSensor? Line { get; set; }

    /// <summary>Whether the node has a loader, which may start another program than the one called "test".</summary>
    public bool HasLoader { get; set; }

    /// <summary>The version that runs.</summary>
    public string Firmware => _identity.Firmware;

    /// <summary>How often the node asked to be started again since it was last.</summary>
    public int Restarts { get; private set; }

    /// <summary>Power on, with a clock that is wrong by so much.</summary>
    public Station Boot(long ahead = 0, long drift = 0)
    {
        Restarts = 0;
        _identity = new NodeIdentity(NodeId, Secret, "bench", HasLoader ? Chosen() : "test");
        Clock = new BenchClock(World) { Ahead = ahead, Drift = drift };
        Output = new BenchOutput(World);
        Link = new BenchLink { Listener = (topic, payload) => Travel(() => Take(topic, payload)) };
        _node = new LoudspeakerNode(_identity, new NodeHardware
        {
            Link = Link,
            Clock = Clock,
            Files = Files,
            Output = OtherOutput ?? Output,
            Cipher = new Virtual.Hardware.AesCipher(),
            Sensors = new Virtual.Hardware.Sensors(new Virtual.Hardware.NodeProfile(), TimeProvider.System),
            Jitter = new SeededJitter(7),
            Line = Line,
            Restart = HasLoader ? new Asked(() => Restarts++) : null,
        });
        return this;
    }

    public Station Connect()
    {
        IsConnected = true;
        Node.Connected();
        return this;
    }

    public Station Disconnect()
    {
        IsConnected = false;
        Link.Filters.Clear();
        Node.Disconnected();
        return this;
    }

    /// <summary>Power off: what was being written stays half-written.</summary>
    public Station LosePower()
    {
        IsConnected = false;
        Heard.AddRange(Output?.Heard ?? []);
        Written += Files.Written;
        Files = Files.AfterPowerCut();
        _node = null;
        return this;
    }

    /// <summary>Runs the node until an instant in Unix milliseconds.</summary>
    public Station RunTo(long instant)
    {
        var idle = 0;
        while (World.Now < instant)
        {
            var wait = _node?.Poll() ?? 1000;
            idle = wait == 0 ? idle + 1 : 0;
            Assert.True(idle < 1000, "The node asks to be polled for ever.");
            World.Advance(wait == 0 ? 0 : Math.Min(wait * 1000L, (instant * 1000) + 500 - World.Microseconds));
        }

        return this;
    }

    public Station RunFor(long milliseconds) => RunTo(World.Now + milliseconds);

    /// <summary>Puts a sound on the node as if it had come long ago.</summary>
    public void Store(BenchSound sound) => Files.Content["o" + Hex.Encode(sound.Id)] = sound.Stored;

    public Station Deliver(byte[] command)
    {
        Node.Received(CommandTopic, command);
        return this;
    }

    /// <summary>What the loader does: the version of the slot it starts.</summary>
    private string Chosen()
    {
        var slots = new BootSlots(Files, new NodeKeys(Secret).Store);
        var slot = slots.Choose();
        while (slot != BootSlots.None && slots.Load(slot) is null)
        {
            slot = slots.Broken(slot);
        }

        return slot == BootSlots.None ? "test" : slots.IsOnTrial ? slots.CandidateVersion : slots.ActiveVersion;
    }

    private void Travel(Action arrive)
    {
        var node = _node;
        World.After(Delay(), () =>
        {
            if (IsConnected && node == _node)
            {
                arrive();
            }
        });
    }

    private sealed class Asked(Action restart) : IRestart
    {
        public void Restart() => restart();
    }

    private sealed class SeededJitter(int seed) : IJitter
    {
        private readonly Random _random = new(seed);

        public int Next(int bound) => _random.Next(bound);
    }
}
