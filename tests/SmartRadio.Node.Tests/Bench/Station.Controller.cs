using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>The controller's side: what it sends and answers, and what it has heard from the node.</summary>
internal sealed partial class Station
{
    private readonly List<BenchSound> _sounds = [];
    private long _counter;
    private long _planNumber;

    public bool Acknowledges { get; set; } = true;

    public bool AnswersClock { get; set; } = true;

    /// <summary>Milliseconds by which the controller's clock is ahead.</summary>
    public long ControllerAhead { get; set; }

    /// <summary>Decides for each chunk sent whether it arrives.</summary>
    public Func<int, bool> ChunkArrives { get; set; } = _ => true;

    /// <summary>Receipts the controller got, each number once.</summary>
    public SortedDictionary<long, Receipt> Receipts { get; } = [];

    public List<ReceiptReport> Reports { get; } = [];

    public List<ChunkRequest> Requests { get; } = [];

    public List<Heartbeat> Beats { get; } = [];

    public List<Hello> Hellos { get; } = [];

    public List<Envelope> Up { get; } = [];

    /// <summary>Up messages rejected because their counters did not rise.</summary>
    public int Replays { get; private set; }

    /// <summary>Highest counter that the controller took from the node.</summary>
    public long UpCounter { get; set; }

    /// <summary>Whether the controller tells a node that lost its counters where it stood.</summary>
    public bool Resumes { get; set; } = true;

    public IEnumerable<(ReceiptStep Step, ReceiptReason Reason)> StepsOf(long broadcast) =>
        Receipts.Values.Where(receipt => receipt.Broadcast == broadcast).Select(receipt => (receipt.Step, receipt.Reason));

    public List<Health> Healths { get; } = [];

    /// <summary>Adds a sound that the controller serves.</summary>
    public BenchSound Serve(int samples)
    {
        var sound = new BenchSound(_sounds.Count + 1, samples);
        _sounds.Add(sound);
        return sound;
    }

    /// <summary>Serves a sound that other stations have too.</summary>
    public BenchSound Serve(BenchSound sound)
    {
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

    public static PlanEntry Entry(
        long broadcast, BenchSound sound, long start, BroadcastClass soundClass = BroadcastClass.Normal, byte flags = 0) => new()
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

    /// <summary>A key as it goes into the command that is sealed next, in counter mode under that command's counter.</summary>
    public byte[] Wrap(byte[] key) =>
        KeyWrap.Combine(
            key, new Virtual.Hardware.AesCipher().Encrypt(Keys.Wrap, KeyWrap.CounterBlocks(_counter + 1, key.Length)));

    private void Reply(CommandType type, byte[] body)
    {
        var command = Seal(type, body);
        Travel(() => Deliver(command));
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
                    ControllerReceived = World.Now + ControllerAhead,
                    ControllerSent = World.Now + ControllerAhead,
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
            Reply(CommandType.ReceiptAck,
                new ReceiptAck { First = report.Receipts[0].Number, Last = report.Receipts[^1].Number }.Write());
        }
    }

    private void SendChunks(ChunkRequest request)
    {
        Requests.Add(request);
        var sound = _sounds.FirstOrDefault(sound => sound.Id.SequenceEqual(request.ObjectId));
        for (var range = 0; sound is not null && range < request.First.Length; range++)
        {
            foreach (var index in Enumerable.Range(request.First[range], request.Count[range])
                .Where(index => ChunkArrives(index)))
            {
                Travel(() => Deliver(sound.Topic, sound.Chunk(index)));
            }
        }
    }
}
