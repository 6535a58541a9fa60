using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Objects;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>The objects that nodes fetch now, a bounded number of them, and the lines to these nodes.</summary>
internal sealed class OpenObjects(ObjectStorage files, DataLedger data)
{
    /// <summary>Objects at a time: one holds the digests of its pieces and two numbers a chunk, some 10 KB for five minutes of
    /// sound.</summary>
    public const int Most = 1000;

    // Long enough that the nodes of one plan ask together, short against the time a chunk takes on a weak line.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(200);

    // Nodes wait at most a minute between two requests.
    private static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Carousel> _byObject = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeLine> _lines = new(StringComparer.Ordinal);

    public IEnumerable<Carousel> Wanted => _byObject.Values.Where(carousel => carousel.IsWanted);

    public Carousel? Find(string objectId) => _byObject.GetValueOrDefault(objectId);

    /// <summary>
    /// The carousel of an object; a new one may end another that nobody wants, or that is less dear. Null when all are as dear,
    /// or the object is not here: the node's next plan will not name it.
    /// </summary>
    /// <exception cref="IOException">The object cannot be read.</exception>
    public Carousel? Open(string objectId, int rank, DateTimeOffset now)
    {
        if (Find(objectId) is { } open)
        {
            return open;
        }

        if (!File.Exists(files.PathOf(objectId)))
        {
            return null;
        }

        if (_byObject.Count >= Most)
        {
            var least = _byObject.Values
                .OrderBy(each => each.IsWanted).ThenBy(each => each.Rank).ThenBy(each => each.LastAsked).First();
            if (least.IsWanted && least.Rank >= rank)
            {
                return null;
            }

            Close(least);
        }

        return _byObject[objectId] = new Carousel(files.Open(objectId), Begin, now + GatherFor);
    }

    public void Close(Carousel carousel) => _byObject.Remove(carousel.ObjectId);

    /// <summary>Ends those for which nobody has asked for long.</summary>
    public void ForgetOld(DateTimeOffset now)
    {
        foreach (var old in _byObject.Values.Where(each => now - each.LastAsked > RememberFor && !each.IsWanted).ToList())
        {
            Close(old);
        }
    }

    private Listener Begin(string nodeId, int chunks)
    {
        if (!_lines.TryGetValue(nodeId, out var line))
        {
            _lines.Add(nodeId, line = new NodeLine());
        }

        return new Listener(nodeId, chunks, data.Of(nodeId), line);
    }
}
