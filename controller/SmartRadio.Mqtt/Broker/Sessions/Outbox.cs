using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Sessions;

/// <summary>A session's QoS 1 and 2 messages: first those under way, then those waiting. Guarded by the session's gate.</summary>
internal sealed class Outbox(ByteLedger ledger)
{
    private readonly List<Delivery> _inFlight = [];
    private readonly Queue<Delivery> _waiting = new();
    private ushort _lastId;

    /// <summary>How many are under way over the present connection: the first of those that have a number.</summary>
    public int UnderWay { get; private set; }

    /// <summary>What all of it costs.</summary>
    public long Bytes { get; private set; }

    public void Add(Delivery delivery)
    {
        _waiting.Enqueue(delivery);
        Count(delivery.Cost);
    }

    /// <summary>Puts back one that a store kept; those with a number were under way.</summary>
    public void Restore(Delivery delivery)
    {
        if (delivery.PacketId != 0)
        {
            _inFlight.Add(delivery);
            _lastId = Math.Max(_lastId, delivery.PacketId);
            Count(delivery.Cost);
        }
        else
        {
            Add(delivery);
        }
    }

    /// <summary>The connection is over: what was under way will be again over the next one, first of all and with the numbers it has.</summary>
    public void Interrupt() => UnderWay = 0;

    /// <summary>Moves the next one under way: what an earlier connection left unfinished, then what waits, has not expired and is numbered now.</summary>
    /// <param name="window">Most that may be under way.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="expired">Told of each that is dropped.</param>
    /// <returns>Null when the window is full or nothing waits.</returns>
    public Delivery? StartNext(int window, long now, Action<Delivery> expired)
    {
        if (UnderWay >= window)
        {
            return null;
        }

        if (UnderWay < _inFlight.Count)
        {
            return _inFlight[UnderWay++];
        }

        while (_waiting.TryDequeue(out var next))
        {
            if (next.Message.IsExpired(now))
            {
                Count(-next.Cost);
                expired(next);
                continue;
            }

            next.PacketId = NewId();
            _inFlight.Add(next);
            UnderWay++;
            return next;
        }

        return null;
    }

    public Delivery? Find(ushort packetId) => _inFlight.Find(d => d.PacketId == packetId);

    public bool IsUnderWay(Delivery delivery) => _inFlight.IndexOf(delivery, 0, UnderWay) >= 0;

    public void Complete(Delivery delivery)
    {
        var index = _inFlight.IndexOf(delivery);
        _inFlight.RemoveAt(index);
        UnderWay -= index < UnderWay ? 1 : 0;
        Count(-delivery.Cost);
    }

    /// <summary>Drops what expired while waiting.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="expired">Told of each.</param>
    /// <returns>How many.</returns>
    public int DropExpired(long now, Action<Delivery> expired)
    {
        var dropped = 0;
        for (var i = _waiting.Count; i > 0; i--)
        {
            var delivery = _waiting.Dequeue();
            if (delivery.Message.IsExpired(now))
            {
                Count(-delivery.Cost);
                expired(delivery);
                dropped++;
            }
            else
            {
                _waiting.Enqueue(delivery);
            }
        }

        return dropped;
    }

    public void Clear(Action<Delivery> dropped)
    {
        _inFlight.ForEach(dropped);
        foreach (var delivery in _waiting)
        {
            dropped(delivery);
        }

        _inFlight.Clear();
        _waiting.Clear();
        UnderWay = 0;
        Count(-Bytes);
    }

    private void Count(long bytes)
    {
        Bytes += bytes;
        ledger.Add(bytes);
    }

    private ushort NewId()
    {
        do
        {
            _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
        }
        while (Find(_lastId) is not null);
        return _lastId;
    }
}
