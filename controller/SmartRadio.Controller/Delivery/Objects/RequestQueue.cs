using System.Threading.Channels;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>
/// What nodes ask for, until the distributor takes it: of each node the newest request for each of a few objects. A node that
/// asks again and again takes no more room than one that asks once.
/// </summary>
internal sealed class RequestQueue
{
    /// <summary>Objects that one node may ask for before they are taken; a node fetches four at a time.</summary>
    public const int PerNode = 8;

    private readonly Lock _lock = new();
    private readonly Channel<bool> _some =
        Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private Dictionary<string, List<ObjectAsked>> _byNode = new(StringComparer.Ordinal);

    public bool Any
    {
        get
        {
            lock (_lock)
            {
                return _byNode.Count > 0;
            }
        }
    }

    /// <summary>Keeps a request in place of what the node asked of that object before.</summary>
    public void Add(string nodeId, ChunkRequest request)
    {
        var asked = new ObjectAsked(nodeId, Hex.Encode(request.ObjectId), request);
        lock (_lock)
        {
            if (!_byNode.TryGetValue(nodeId, out var ofNode))
            {
                _byNode.Add(nodeId, ofNode = []);
            }

            ofNode.RemoveAll(earlier => earlier.ObjectId == asked.ObjectId);
            if (ofNode.Count == PerNode)
            {
                ofNode.RemoveAt(0);
            }

            ofNode.Add(asked);
        }

        _some.Writer.TryWrite(true);
    }

    /// <summary>Waits until there is one.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _some.Reader.ReadAsync(cancellationToken);

    public IReadOnlyList<ObjectAsked> TakeAll()
    {
        lock (_lock)
        {
            var taken = _byNode.Values.SelectMany(ofNode => ofNode).ToList();
            _byNode = new(StringComparer.Ordinal);
            return taken;
        }
    }
}

/// <summary>A node's request for chunks of an object.</summary>
internal sealed record ObjectAsked(string NodeId, string ObjectId, ChunkRequest Request);
