using SmartRadio.Controller.Objects;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>
/// The chunks of one object that nodes lack. A chunk that most listeners lack is sent round to all of them; one that few lack is
/// sent to each of these on its own topic, because everybody else would pay for hearing it again.
/// </summary>
/// <param name="file">The object.</param>
/// <param name="begin">Makes a listener of a node's id and the number of chunks.</param>
/// <param name="notBefore">Until then requests are only gathered.</param>
internal sealed class Carousel(ObjectFile file, Func<string, int, Listener> begin, DateTimeOffset notBefore)
{
    private readonly Dictionary<string, Listener> _listeners = new(StringComparer.Ordinal);

    // Of each chunk: how many nodes asked for it, and how many lack it, with those that have not asked yet.
    private readonly int[] _asked = new int[file.Layout.Chunks];
    private readonly int[] _lacking = new int[file.Layout.Chunks];

    // The chunks that few of them lack, as of the last look.
    private readonly List<int> _single = [];
    private int _missing;
    private int _position;

    public string ObjectId => file.Id;

    public DateTimeOffset NotBefore { get; } = notBefore;

    /// <summary>The dearest class of broadcast for which a node asked, <see cref="ObjectHearers.Release"/> for none.</summary>
    public int Rank { get; private set; }

    /// <summary>
    /// When a node last asked. Who listens is remembered for a while after, or the first to lack a chunk would look like the only
    /// one.
    /// </summary>
    public DateTimeOffset LastAsked { get; private set; } = notBefore;

    /// <summary>When a chunk last went to all.</summary>
    public DateTimeOffset LastTurn { get; private set; }

    /// <summary>Until then the nodes that listen are known well enough.</summary>
    public DateTimeOffset HearersKnownUntil { get; set; }

    /// <summary>How many nodes pay for a chunk that goes to all.</summary>
    public int Hearers => _listeners.Values.Count(listener => listener.Lacking > 0);

    public bool IsWanted => _missing > 0;

    /// <summary>Whether the node is known to be one that is to have the object.</summary>
    public bool IsNamed(string nodeId, DateTimeOffset now) =>
        _listeners.TryGetValue(nodeId, out var listener) && now < listener.NamedUntil;

    /// <summary>The node is to have the object.</summary>
    public void Name(string nodeId, int rank, DateTimeOffset until)
    {
        Rank = Math.Max(Rank, rank);
        ListenerOf(nodeId).NamedUntil = until;
    }

    /// <summary>
    /// Takes what a node lacks now in place of what it lacked before. Ranges rise, as nodes write them, and are cut at the
    /// object's end; of what lies behind the last of a full request nothing is said.
    /// </summary>
    public void Want(string nodeId, ChunkRequest request, DateTimeOffset now)
    {
        LastAsked = now;
        var listener = ListenerOf(nodeId);
        if (!listener.HasAsked)
        {
            MarkAll(listener, 0, _lacking.Length, lacks: false);
            listener.HasAsked = true;
        }

        var told = 0;
        for (var range = 0; range < request.First.Length; range++)
        {
            var first = Math.Max(request.First[range], told);
            var end = Math.Min(request.First[range] + request.Count[range], _lacking.Length);
            if (first < end)
            {
                MarkAll(listener, told, first, lacks: false);
                MarkAll(listener, first, end, lacks: true);
                told = end;
            }
        }

        if (request.First.Length < ChunkRequest.MaxRanges)
        {
            MarkAll(listener, told, _lacking.Length, lacks: false);
        }
    }

    /// <summary>Takes note of which nodes listen now.</summary>
    /// <param name="nodeIds">All of them; one that has asked is remembered too.</param>
    public void Hear(IReadOnlySet<string> nodeIds)
    {
        foreach (var gone in _listeners.Values.Where(each => !each.HasAsked && !nodeIds.Contains(each.NodeId)).ToList())
        {
            MarkAll(gone, 0, _lacking.Length, lacks: false);
            _listeners.Remove(gone.NodeId);
        }

        foreach (var nodeId in nodeIds)
        {
            ListenerOf(nodeId);
        }
    }

    /// <summary>The next chunk to send to all, after the last one sent, going round; null when there is none.</summary>
    public int? NextForAll()
    {
        for (var step = 0; _missing > 0 && step < _lacking.Length; step++)
        {
            var index = (_position + step) % _lacking.Length;
            if (IsForAll(index))
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>The nodes whose lines are free and who may lack a chunk that they alone should get.</summary>
    public IEnumerable<Listener> Waiting(DateTimeOffset now)
    {
        _single.Clear();
        _single.AddRange(Enumerable.Range(0, _asked.Length).Where(index => _asked[index] > 0 && !IsForAll(index)));
        return _single.Count == 0
            ? []
            : _listeners.Values.Where(each => each is { HasAsked: true, Lacking: > 0 } && each.Line.FreeAt <= now);
    }

    /// <summary>The next chunk for one of those that are waiting, null when there is none.</summary>
    public int? NextFor(Listener listener, DateTimeOffset now)
    {
        var next = _single.FindIndex(index => listener.Lacks(index) && !listener.MayComeYet(index, now));
        return next < 0 ? null : _single[next];
    }

    /// <summary>The chunk as it goes on the wire.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] Read(int index) =>
        new ObjectChunk { Index = index, ObjectLength = file.Layout.Length, Payload = file.Chunk(index) }.Write();

    /// <param name="index">The chunk.</param>
    /// <param name="bytes">Of the message and its topic.</param>
    /// <param name="now">The instant.</param>
    public void SentToAll(int index, int bytes, DateTimeOffset now)
    {
        foreach (var listener in _listeners.Values.Where(each => each.Lacking > 0))
        {
            listener.Meter.Add(bytes);
            Mark(listener, index, lacks: false);
        }

        LastTurn = now;
        _position = (index + 1) % _lacking.Length;
    }

    /// <summary>A chunk went to one node, whose line is free again at <paramref name="freeAt"/>.</summary>
    public void SentToOne(Listener listener, int index, int bytes, DateTimeOffset now, DateTimeOffset freeAt)
    {
        listener.Meter.Add(bytes);
        listener.Line.FreeAt = freeAt;
        listener.Sent(index, now);
        Mark(listener, index, lacks: false);
    }

    // Two, or a node that asks alone would fill everybody's topic. Three in four: below that, sending to each costs the listeners
    // fewer bytes even when some of them have left.
    private bool IsForAll(int index) =>
        _asked[index] > 0 && _lacking[index] >= 2 && 4 * _lacking[index] >= 3 * _listeners.Count;

    private Listener ListenerOf(string nodeId)
    {
        if (!_listeners.TryGetValue(nodeId, out var listener))
        {
            _listeners.Add(nodeId, listener = begin(nodeId, _lacking.Length));
            for (var index = 0; index < _lacking.Length; index++)
            {
                _lacking[index]++;
            }
        }

        return listener;
    }

    private void MarkAll(Listener listener, int from, int end, bool lacks)
    {
        for (var index = from; index < end; index++)
        {
            Mark(listener, index, lacks);
        }
    }

    private void Mark(Listener listener, int index, bool lacks)
    {
        if (!listener.Set(index, lacks))
        {
            return;
        }

        var by = lacks ? 1 : -1;
        _lacking[index] += by;
        if (listener.HasAsked)
        {
            _asked[index] += by;
            _missing += by;
        }
    }
}
