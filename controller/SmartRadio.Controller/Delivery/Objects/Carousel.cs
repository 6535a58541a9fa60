using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Objects;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>
/// The chunks of one object that nodes lack. A chunk that most listeners lack is sent round to all of them; one that few lack is
/// sent to each of these on its own topic, because everybody else would pay for hearing it again.
/// </summary>
internal sealed class Carousel(ObjectFile file, DataLedger data, DateTimeOffset notBefore)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Listener> _listeners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Hearer> _hearers = new(StringComparer.Ordinal);
    private readonly Queue<Listener> _lacking = new();
    private readonly int[] _wanting = new int[file.Layout.Chunks];
    private int _missing;
    private int _position;

    public string ObjectId => file.Id;

    /// <summary>Until then requests are only gathered.</summary>
    public DateTimeOffset NotBefore { get; } = notBefore;

    /// <summary>
    /// When a node last asked. Who listens is remembered for a while after, or the first to lack a chunk would look like the only
    /// one.
    /// </summary>
    public DateTimeOffset LastAsked { get; private set; } = notBefore;

    /// <summary>Until then the nodes that listen are known well enough.</summary>
    public DateTimeOffset HearersKnownUntil { get; set; }

    /// <summary>How many nodes pay for a chunk that goes to all.</summary>
    public int Hearers
    {
        get
        {
            lock (_lock)
            {
                return _hearers.Count;
            }
        }
    }

    public bool IsWanted
    {
        get
        {
            lock (_lock)
            {
                return _missing > 0;
            }
        }
    }

    /// <summary>Adds what a node lacks; ranges beyond the object's end are cut.</summary>
    public void Want(string nodeId, ChunkRequest request, DateTimeOffset now)
    {
        lock (_lock)
        {
            LastAsked = now;
            if (!_listeners.TryGetValue(nodeId, out var listener))
            {
                _listeners.Add(nodeId, listener = new Listener(nodeId, _wanting.Length));
            }

            var hearer = HearerOf(nodeId);
            for (var range = 0; range < request.First.Length; range++)
            {
                var end = Math.Min(request.First[range] + request.Count[range], _wanting.Length);
                for (var index = request.First[range]; index < end; index++)
                {
                    hearer.Lacks(index);
                    if (listener.Add(index))
                    {
                        _wanting[index]++;
                        _missing++;
                    }
                }
            }

            if (listener is { Lacks: > 0, IsQueued: false })
            {
                listener.IsQueued = true;
                _lacking.Enqueue(listener);
            }
        }
    }

    /// <summary>Takes note of which nodes listen now.</summary>
    /// <param name="nodeIds">All of them; one that has just asked listens too.</param>
    public void Hear(IReadOnlySet<string> nodeIds)
    {
        lock (_lock)
        {
            foreach (var gone in _hearers.Keys.Where(
                nodeId => !nodeIds.Contains(nodeId) && _listeners.GetValueOrDefault(nodeId) is not { Lacks: > 0 }).ToList())
            {
                _hearers.Remove(gone);
            }

            foreach (var nodeId in nodeIds)
            {
                HearerOf(nodeId);
            }
        }
    }

    /// <summary>The next chunk to send to all, after the last one sent, going round; null when there is none.</summary>
    public int? NextForAll()
    {
        lock (_lock)
        {
            for (var step = 0; _missing > 0 && step < _wanting.Length; step++)
            {
                var index = (_position + step) % _wanting.Length;
                if (IsForAll(index))
                {
                    return index;
                }
            }

            return null;
        }
    }

    /// <summary>A node whose turn it is and a chunk for it alone; null when none may be sent now.</summary>
    public (string NodeId, int Index)? NextForOne(DateTimeOffset now)
    {
        lock (_lock)
        {
            for (var tried = _lacking.Count; tried > 0; tried--)
            {
                var listener = _lacking.Dequeue();
                if (listener.Lacks == 0)
                {
                    listener.IsQueued = false;
                    continue;
                }

                _lacking.Enqueue(listener);
                if (listener.NextAt <= now && listener.First(index => !IsForAll(index)) is { } found)
                {
                    return (listener.NodeId, found);
                }
            }

            return null;
        }
    }

    /// <summary>The chunk as it goes on the wire.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] Read(int index) =>
        new ObjectChunk { Index = index, ObjectLength = file.Layout.Length, Payload = file.Chunk(index) }.Write();

    /// <param name="index">The chunk.</param>
    /// <param name="bytes">Of the message and its topic.</param>
    public void SentToAll(int index, int bytes)
    {
        lock (_lock)
        {
            foreach (var hearer in _hearers.Values)
            {
                hearer.Sent(index, bytes);
            }

            foreach (var listener in _listeners.Values)
            {
                Remove(listener, index);
            }

            _position = (index + 1) % _wanting.Length;
        }
    }

    /// <summary>A chunk went to one node, whose line is free again at <paramref name="nextAt"/>.</summary>
    public void SentToOne(string nodeId, int index, int bytes, DateTimeOffset nextAt)
    {
        lock (_lock)
        {
            HearerOf(nodeId).Sent(index, bytes);
            var listener = _listeners[nodeId];
            Remove(listener, index);
            listener.NextAt = nextAt;
        }
    }

    // Three in four: below that, sending to each costs the listeners fewer bytes even when some of them have left.
    private bool IsForAll(int index) => _wanting[index] > 0 && 4 * _wanting[index] >= 3 * _listeners.Count;

    private Hearer HearerOf(string nodeId)
    {
        if (!_hearers.TryGetValue(nodeId, out var hearer))
        {
            _hearers.Add(nodeId, hearer = new Hearer(data.Of(nodeId), _wanting.Length));
        }

        return hearer;
    }

    private void Remove(Listener listener, int index)
    {
        if (listener.Remove(index))
        {
            _wanting[index]--;
            _missing--;
        }
    }
}
