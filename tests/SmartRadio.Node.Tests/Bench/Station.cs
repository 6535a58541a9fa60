using SmartRadio.Wire;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>One node on the bench, with a controller that answers it.</summary>
internal sealed class Station
{
    private static readonly byte[] NodeId = [0, 17, 34, 51, 68, 85, 102, 119];
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private NodeIdentity _identity = new(NodeId, Secret, "bench", "test");
    private readonly List<BenchSound> _sounds = [];
    private LoudspeakerNode? _node;
    private long _counter;
    private long _planNumber;

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

    public bool Acknowledges { get; set; } = true;

    public bool AnswersClock { get; set; } = true;

    /// <summary>Decides for each chunk sent whether it arrives.</summary>
    public Func<int, bool> ChunkArrives { get; set; } = _ => true;

    /// <summary>Whether the link is up.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Receipts the controller got, each number once.</summary>
    public SortedDictionary<long, Receipt> Receipts { get; } = [];

    public List<ReceiptReport> Reports { get; } = [];

    public List<ChunkRequest> Requests { get; } = [];

    public List<Heartbeat> Beats { get; } = [];

    public List<Hello> Hellos { get; } = [];

    public List<Envelope> Up { get; } = [];

    /// <summary>Up messages refused because their counters did not rise.</summary>
    public int Replays { get; private set; }

    /// <summary>Highest counter that the controller took from the node.</summary>
    public long UpCounter { get; set; }

    /// <summary>Whether the controller tells a node that lost its counters where it stood.</summary>
    public bool Resumes { get; set; } = true;

    /// <summary>Bytes written to storage since the bench was set up.</summary>
    public int Written { get; private set; }

    /// <summary>All that was heard since the bench was set up, over reboots.</summary>
    public List<Heard> Heard { get; } = [];

    public IEnumerable<(ReceiptStep Step, ReceiptReason Reason)> StepsOf(long broadcast) =>
        Receipts.Values.Where(receipt => receipt.Broadcast == broadcast).Select(receipt => (receipt.Step, receipt.Reason));

    /// <summary>The line and what hears it; null where none is measured.</summary>
    public ILineSensor? Line { get; set; }

    /// <summary>Whether the node has a loader, which may start another program than the one called "test".</summary>
    public bool HasLoader { get; set; }

    /// <summary>The version that runs.</summary>
    public string Firmware => _identity.Firmware;

    /// <summary>How often the node asked to be started again since it was last.</summary>
    public int Restarts { get; private set; }

    public List<Health> Healths { get; } = [];

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

    /// <summary>Adds a sound that the controller serves.</summary>
    public BenchSound Serve(int samples)
    {
        var sound = new BenchSound(_sounds.Count + 1, samples);
        _sounds.Add(sound);
        return sound;
    }

    /// <summary>Adds an object of these bytes that the controller serves.</summary>
    public BenchSound Serve(byte[] bytes)
    {
        var served = new BenchSound(bytes);
        _sounds.Add(served);
        return served;
    }

    /// <summary>Puts a sound on the node as if it had come long ago.</summary>
    public void Store(BenchSound sound) => Files.Content["o" + Hex.Encode(sound.Id)] = sound.Stored;

    public static PlanEntry Entry(long broadcast, BenchSound sound, long start, BroadcastClass soundClass = BroadcastClass.Normal, byte flags = 0) => new()
    {
        Broadcast = broadcast,
        ObjectId = sound.Id,
        Codec = CodecId.ULaw8,
        ObjectBytes = sound.Bytes.Length,
        Samples = sound.Bytes.Length,
        Start = start,
        LatestStart = start + 60_000,
        Class = soundClass,
        Flags = flags,
        Volume = 255,
    };

    public Plan PlanOf(params PlanEntry[] entries) =>
        new() { Number = ++_planNumber, Volume = 100, UtcOffset = 420, Entries = entries };

    public Station Plan(params PlanEntry[] entries) => Plan(PlanOf(entries));

    public Station Plan(Plan plan) => Send(CommandType.Plan, plan.Write());

    /// <summary>Delivers a command at once, as the node's own thread would.</summary>
    public Station Send(CommandType type, byte[] body) => Deliver(Seal(type, body));

    public byte[] Seal(CommandType type, byte[] body, Action<Envelope>? change = null, byte[]? key = null)
    {
        var envelope = new Envelope
        {
            Type = (byte)type,
            NodeId = NodeId,
            Counter = type >= CommandType.ClockReply ? 0 : ++_counter,
            Issued = World.Now,
            Expires = World.Now + 60_000,
            Body = body,
        };
        change?.Invoke(envelope);
        return envelope.Seal(key ?? Keys.Command);
    }

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

    private void Reply(CommandType type, byte[] body)
    {
        var command = Seal(type, body);
        Travel(() => Node.Received(CommandTopic, command));
    }

    private void Take(string topic, byte[] payload)
    {
        if (topic != Topics.Up(_identity.Name))
        {
            return;
        }

        var envelope = Envelope.Parse(payload);
        Assert.True(Envelope.IsAuthentic(payload, Keys.Up));
        if (envelope.Type != (byte)UpType.ResumeRequest && envelope.Counter <= UpCounter)
        {
            Replays++;
            return;
        }

        UpCounter = Math.Max(UpCounter, envelope.Counter);
        Up.Add(envelope);
        switch ((UpType)envelope.Type)
        {
            case UpType.Hello:
                Hellos.Add(Hello.Read(envelope.Body));
                break;
            case UpType.Heartbeat:
                Beats.Add(Heartbeat.Read(envelope.Body));
                break;
            case UpType.Health:
                Healths.Add(Health.Read(envelope.Body));
                break;
            case UpType.ClockRequest when AnswersClock:
                var sent = ClockRequest.Read(envelope.Body).NodeSent;
                Reply(CommandType.ClockReply, new ClockReply
                {
                    RequestCounter = envelope.Counter,
                    NodeSent = sent,
                    ControllerReceived = World.Now,
                    ControllerSent = World.Now,
                }.Write());
                break;
            case UpType.ResumeRequest when Resumes:
                Reply(CommandType.ResumeReply, new ResumeReply
                {
                    Nonce = ResumeRequest.Read(envelope.Body).Nonce,
                    UpCounter = UpCounter,
                    CommandCounter = _counter,
                    Receipt = Receipts.Count == 0 ? 0 : Receipts.Keys.Last(),
                }.Write());
                break;
            case UpType.Receipts:
                Keep(ReceiptReport.Read(envelope.Body));
                break;
            case UpType.ChunkRequest:
                SendChunks(ChunkRequest.Read(envelope.Body));
                break;
        }
    }

    private void Keep(ReceiptReport report)
    {
        Reports.Add(report);
        foreach (var receipt in report.Receipts)
        {
            Receipts[receipt.Number] = receipt;
        }

        if (Acknowledges)
        {
            Reply(CommandType.ReceiptAck, new ReceiptAck { First = report.Receipts[0].Number, Last = report.Receipts[^1].Number }.Write());
        }
    }

    private void SendChunks(ChunkRequest request)
    {
        Requests.Add(request);
        var sound = _sounds.FirstOrDefault(sound => sound.Id.SequenceEqual(request.ObjectId));
        for (var range = 0; sound is not null && range < request.First.Length; range++)
        {
            foreach (var index in Enumerable.Range(request.First[range], request.Count[range]).Where(index => ChunkArrives(index)))
            {
                Travel(() => Node.Received(sound.Topic, sound.Chunk(index)));
            }
        }
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
