namespace SmartRadio.Controller.Nodes;

/// <summary>A node that is off-line.</summary>
/// <param name="Place">Its place in the order of the names of area and node.</param>
/// <param name="LastSeen">When it was heard last; null when it never was.</param>
public sealed record OfflineNode(int Place, string Id, string Name, string AreaName, DateTimeOffset? LastSeen);

/// <summary>How many nodes of one area, without those below it, can be reached.</summary>
public sealed class AreaReach(long areaId, int named)
{
    private readonly List<OfflineNode> _offline = [];

    public long AreaId { get; } = areaId;

    /// <summary>Nodes in service.</summary>
    public int Nodes { get; private set; }

    /// <summary>Of these that are off-line.</summary>
    public int Offline { get; private set; }

    /// <summary>When one of them was heard last; null when none ever was.</summary>
    public DateTimeOffset? LastSeen { get; private set; }

    /// <summary>Those that went off-line last, the last one first; no more than were asked for.</summary>
    public IReadOnlyList<OfflineNode> LastOffline => _offline;

    /// <summary>Orders nodes of several areas in the same way.</summary>
    public static IOrderedEnumerable<OfflineNode> InOrder(IEnumerable<OfflineNode> nodes) =>
        nodes.OrderByDescending(node => node.LastSeen).ThenBy(node => node.Place);

    /// <summary>Counts a node; they come in the order of their places.</summary>
    public void Add(bool isOnline, OfflineNode node)
    {
        Nodes++;
        if (LastSeen is null || node.LastSeen > LastSeen)
        {
            LastSeen = node.LastSeen;
        }

        if (isOnline)
        {
            return;
        }

        Offline++;
        var at = _offline.FindIndex(each => each.LastSeen is null ? node.LastSeen is not null : node.LastSeen > each.LastSeen);
        _offline.Insert(at < 0 ? _offline.Count : at, node);
        if (_offline.Count > named)
        {
            _offline.RemoveAt(named);
        }
    }
}
