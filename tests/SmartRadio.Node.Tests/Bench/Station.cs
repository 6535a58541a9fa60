using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Updates;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>One node on the bench, its hardware, its power and its line, with a controller that answers it.</summary>
internal sealed partial class Station
{
    private static readonly byte[] NodeId = [0, 17, 34, 51, 68, 85, 102, 119];
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private NodeIdentity _identity = new(NodeId, Secret, "bench", "test");
    private LoudspeakerNode? _node;
    private List<Action>? _held;

    public World World { get; } = new();

    public BenchFiles Files { get; set; } = new();

    /// <summary>Whether objects lie in parts, as on the internal flash.</summary>
    public bool Splits { get; init; }

    /// <summary>Counts what littlefs would make of each write; null where nobody does.</summary>
    public FlashWear? Wear { get; init; }

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

    /// <summary>Whether the heap is smaller than a node needs.</summary>
    public bool LacksMemory { get; set; }

    /// <summary>What ended the program before this one.</summary>
    public string LastFault { get; set; } = string.Empty;

    /// <summary>Whether the node has a loader, which may start another program than the one called "test".</summary>
    public bool HasLoader { get; set; }

    /// <summary>The version that runs.</summary>
    public string Firmware => _identity.Firmware;

    /// <summary>How often the node asked to be started again since it was last.</summary>
    public int Restarts { get; private set; }

    /// <summary>Stands around each call of the node, with what is called: "poll", a topic, or the type of a command.</summary>
    public Action<string, Action> Around { get; set; } = (_, call) => call();

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
            Files = Storage(),
            Output = OtherOutput ?? Output,
            Cipher = new Virtual.Hardware.AesCipher(),
            Sensors = new Virtual.Hardware.Sensors(new Virtual.Hardware.NodeProfile(), TimeProvider.System),
            Jitter = new SeededJitter(7),
            Line = Line,
            LacksMemory = LacksMemory,
            LastFault = LastFault,
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
        Output?.LosePower();
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
            var wait = 1000;
            if (_node is not null)
            {
                Around("poll", () => wait = _node.Poll());
            }

            idle = wait == 0 ? idle + 1 : 0;
            Assert.True(idle < 1000, "The node asks to be polled for ever.");
            World.Advance(wait == 0 ? 0 : Math.Min(wait * 1000L, (instant * 1000) + 500 - World.Microseconds));
        }

        return this;
    }

    /// <summary>Nothing of the device runs for so long, and nothing reaches it.</summary>
    public Station StandStill(long milliseconds)
    {
        var until = World.Microseconds + (milliseconds * 1000);
        var held = new List<Action>();
        _held = held;
        while (World.Microseconds < until)
        {
            World.Advance(until - World.Microseconds);
        }

        _held = null;
        held.ForEach(arrive => arrive());
        return this;
    }

    public Station RunFor(long milliseconds) => RunTo(World.Now + milliseconds);

    /// <summary>Puts a sound on the node as if it had come long ago.</summary>
    public void Store(BenchSound sound) => Files.Content["o" + Hex.Encode(sound.Id)] = sound.Stored;

    public Station Deliver(byte[] command) => Deliver(CommandTopic, command);

    /// <summary>Hands the node a message at once.</summary>
    public Station Deliver(string topic, byte[] message)
    {
        var type = topic == CommandTopic && message.Length > 1 ? ((CommandType)message[1]).ToString() : topic;
        Around(type, () => Node.Received(topic, message));
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

    private IFiles Storage()
    {
        IFiles files = Wear is null ? Files : new LittleFs(Files, Wear, _ => { });
        return Splits ? new SplitFiles(files) : files;
    }

    private void Travel(Action arrive)
    {
        var node = _node;
        World.After(Delay(), () =>
        {
            if (IsConnected && node == _node)
            {
                if (_held is null)
                {
                    arrive();
                }
                else
                {
                    _held.Add(arrive);
                }
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
