using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Benchmarks.Skew;

/// <summary>
/// The clock of one node, its crystal, its line, and a controller that answers at once. All instants are µs of true time.
/// </summary>
internal sealed class SkewNode : ILink, ILocalClock, IJitter
{
    /// <summary>Unix µs at the beginning: 1 January 2026.</summary>
    private const long Epoch = 1767225600000000;
    private const long Base = 10_000;

    private readonly Random _chance;
    private readonly int _jitter;
    private readonly double _drift;
    private readonly long _ahead;
    private readonly NodeClock _clock;
    private readonly ClockSync _sync;
    private readonly PriorityQueue<Action, long> _onTheWay = new();
    private long _now;
    private long _pollAt;

    /// <param name="chance">Makes crystal, secret and delays.</param>
    /// <param name="jitter">µs that are at most added to a message's delay.</param>
    public SkewNode(Random chance, int jitter)
    {
        _jitter = jitter;
        _chance = chance;
        _drift = (chance.NextDouble() - 0.5) * 100e-6;
        _ahead = chance.NextInt64(-2_000_000, 2_000_000);
        var id = new byte[WireSizes.NodeIdLength];
        var secret = new byte[WireSizes.KeyLength];
        chance.NextBytes(id);
        chance.NextBytes(secret);
        var identity = new NodeIdentity(id, secret, "skew", "1");
        var files = new NoFiles();
        _clock = new NodeClock(this, 0, new TwoSlotFile(files, "clock", identity.Keys.Store));
        _sync = new ClockSync(
            _clock, new Uplink(identity, _clock, new Counters(new TwoSlotFile(files, "counters", identity.Keys.Store)), this),
            this, new Intervals());
        _sync.Connected();
    }

    public int Exchanges { get; private set; }

    /// <summary>Parts per million by which the drift is misjudged.</summary>
    public double DriftError => (_clock.Drift / 1000.0) + (_drift * 1e6);

    public long Microseconds => Epoch + _ahead + _now + (long)(_now * _drift);

    public void Run(long now)
    {
        while (_onTheWay.TryPeek(out var arrive, out var at) && at <= now)
        {
            _onTheWay.Dequeue();
            _now = at;
            arrive();
        }

        _now = now;
        if (now >= _pollAt)
        {
            _pollAt = now + (_sync.Poll() * 1000L);
        }
    }

    /// <summary>By how many µs it would start too late what is planned for that instant.</summary>
    public double StartError(long planned)
    {
        var local = _clock.ToLocal((Epoch + planned) / 1000);
        return ((local - Epoch - _ahead) / (1 + _drift)) - planned;
    }

    public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain)
    {
        var envelope = Envelope.Parse(payload);
        var sent = ClockRequest.Read(envelope.Body).NodeSent;
        Exchanges++;
        Travel(() =>
        {
            var unix = (Epoch + _now) / 1000;
            var reply = new ClockReply
            {
                RequestCounter = envelope.Counter,
                NodeSent = sent,
                ControllerReceived = unix,
                ControllerSent = unix
            };
            Travel(() => _sync.Answered(reply));
        });
    }

    public void Subscribe(string filter, bool atLeastOnce)
    {
        // A clock needs no subscription here: answers come to it directly.
    }

    public void Unsubscribe(string filter)
    {
        // As above.
    }

    public int Next(int bound) => _chance.Next(bound);

    public void Keep(long unixMilliseconds)
    {
        // It is not switched off.
    }

    private void Travel(Action arrive) => _onTheWay.Enqueue(arrive, _now + Base + _chance.Next(_jitter));

    /// <summary>A node that loses everything it writes: nothing here is read again.</summary>
    private sealed class NoFiles : IFiles
    {
        public long FreeBytes => long.MaxValue;

        public long TotalBytes => long.MaxValue;

        public string[] List() => [];

        public byte[] Read(string name) => null!;

        public bool Write(string name, byte[] content) => true;

        public int ReadAt(string name, long position, byte[] buffer, int count) => 0;

        public bool WriteAt(string name, long position, byte[] content) => true;

        public void Delete(string name)
        {
            // There is nothing.
        }
    }
}
