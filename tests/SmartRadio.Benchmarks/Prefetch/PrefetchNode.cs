using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Objects;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using SmartRadio.Simulation.World;

namespace SmartRadio.Benchmarks.Prefetch;

/// <summary>The part of a node that fetches objects, on a line that loses chunks.</summary>
internal sealed class PrefetchNode : ILink, ILocalClock, IJitter
{
    private readonly Agenda _agenda;
    private readonly Chance _chance;
    private readonly ObjectLibrary _objects;
    private readonly Action<string, Envelope> _send;
    private readonly double _loss;
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);
    private ObjectFetch? _fetch;
    private int _turn;

    /// <param name="agenda">True time.</param>
    /// <param name="content">The object as nodes store it.</param>
    /// <param name="loss">Share of the chunks that its line loses.</param>
    /// <param name="chance">Its own.</param>
    /// <param name="send">Takes what it sends.</param>
    public PrefetchNode(Agenda agenda, byte[] content, double loss, Chance chance, Action<string, Envelope> send)
    {
        _agenda = agenda;
        _chance = chance;
        _loss = loss;
        _send = send;
        var identity = new NodeIdentity(chance.Bytes(WireSizes.NodeIdLength), chance.Bytes(WireSizes.KeyLength), "prefetch", "1");
        Name = identity.Name;
        var files = new PrefetchFlash(content);
        var clock = new NodeClock(this, 0, Slots("clock"));
        var uplink = new Uplink(identity, clock, new Counters(Slots("counters")), this);
        _objects = new ObjectLibrary(
            Name,
            new NodeHardware { Link = this, Clock = this, Files = files, Jitter = this },
            clock,
            uplink,
            new ObjectIndex(files, Slots("shelf")),
            new RejectionLog(new PlayJournal(Slots("book")), clock));
        _objects.Connected();

        TwoSlotFile Slots(string name) => new(files, name, identity.Keyring.Store);
    }

    public string Name { get; }

    /// <summary>Bytes of chunk messages put on its line, lost ones too.</summary>
    public long Sent { get; private set; }

    /// <summary>Bytes of chunk messages that reached it.</summary>
    public long Arrived { get; private set; }

    /// <summary>Messages it received of chunks that it had already.</summary>
    public int Doubles { get; private set; }

    /// <summary>Bytes of its own requests.</summary>
    public long Asked { get; private set; }

    /// <summary>µs at which the object was complete and checked; null before.</summary>
    public long? CompleteAt { get; private set; }

    public long Microseconds => _agenda.Now;

    public void Plan(PlanEntry entry)
    {
        _objects.Need([entry]);
        _fetch = _objects.Find(entry.ObjectId).Fetch;
        Poll();
    }

    /// <summary>A chunk comes over the broker, if the node listens to its topic.</summary>
    public void Carry(string topic, byte[] message)
    {
        if (!_filters.Contains(topic) && topic[..(topic.LastIndexOf('/') + 1)] + "+" is var own && !_filters.Contains(own))
        {
            return;
        }

        Sent += message.Length;
        if (_chance.Of(_loss))
        {
            return;
        }

        Arrived += message.Length;
        _agenda.After(Delay(), () =>
        {
            var missing = _fetch!.MissingBytes;
            _objects.Received(topic, message);
            Doubles += _fetch.MissingBytes == missing ? 1 : 0;
            Poll();
        });
    }

    public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain)
    {
        Asked += payload.Length;
        _agenda.After(Delay(), () => _send(Name, Envelope.Parse(payload)));
    }

    public void Subscribe(string filter, bool atLeastOnce) => _agenda.After(Delay(), () => _filters.Add(filter));

    public void Unsubscribe(string filter) => _agenda.After(Delay(), () => _filters.Remove(filter));

    public int Next(int bound) => _chance.Between(0, bound);

    public void Keep(long unixMilliseconds)
    {
        // It is not switched off.
    }

    private void Poll()
    {
        int wait;
        do
        {
            wait = _objects.Poll();
        }
        while (wait == 0);

        if (_fetch is { IsComplete: true })
        {
            CompleteAt ??= _agenda.Now;
        }

        var turn = ++_turn;
        _agenda.After(wait * 1000L, () =>
        {
            if (turn == _turn)
            {
                Poll();
            }
        });
    }

    /// <summary>As on a mobile line.</summary>
    private TimeSpan Delay() => _chance.Between(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(150));
}
