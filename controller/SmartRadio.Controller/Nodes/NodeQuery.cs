using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Nodes;

/// <summary>A node as a screen shows it.</summary>
public sealed record NodeRow(
    string Id, string Name, long AreaId, string AreaName, int Volume, bool LowData, long PlanNumber, NodeStatus Status)
{
    /// <summary>How much of its volume by time of day; null = as in its area.</summary>
    public DayVolume? DayVolume { get; init; }

    /// <summary>What was rejected of it or by it, ever.</summary>
    public IReadOnlyList<RejectedCount> Rejections { get; init; } = [];

    /// <summary>Bytes sent to it this month.</summary>
    public long DataUsed { get; init; }

    /// <summary>Bytes a month, or null when there is no limit.</summary>
    public long? DataBudget { get; init; }

    /// <summary>Since when a new secret waits for it, or null.</summary>
    public DateTimeOffset? RotatingSince { get; init; }

    /// <summary>Until when its enrolment code can be traded, or null when none is open.</summary>
    public DateTimeOffset? CodeUntil { get; init; }

    /// <summary>When it was taken out of service, or null.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

public enum NodeState
{
    Online,
    Offline,

    /// <summary>Taken out of service; only asked for by name.</summary>
    Revoked,
}

/// <summary>Which nodes a list holds.</summary>
/// <param name="State">Null = all that are in service.</param>
/// <param name="Areas">Null = in any.</param>
/// <param name="After">Only those after this node in the order of the list.</param>
/// <param name="Ids">Null = whichever.</param>
public sealed record NodeFilter(
    NodeState? State = null, IReadOnlyCollection<long>? Areas = null, string? After = null,
    IReadOnlyCollection<string>? Ids = null)
{
    /// <summary>
    /// Words of the node's name and of its area's level and name, as <see cref="FoldedText"/> compares them; empty = whichever.
    /// </summary>
    public string Name { get; init; } = string.Empty;
}

/// <summary>A part of a list of nodes.</summary>
/// <param name="Rows">The part.</param>
/// <param name="Total">How many the whole list has.</param>
/// <param name="Online">How many of these are on-line.</param>
/// <param name="Left">How many come after the part.</param>
public sealed record NodeList(IReadOnlyList<NodeRow> Rows, int Total, int Online, int Left);

/// <summary>Where a node in service is, and whether it can be reached.</summary>
public sealed record NodePresence(string Id, long AreaId, bool Online);

/// <summary>Reads nodes for screens.</summary>
public sealed class NodeQuery(
    IDbContextFactory<RadioDb> databases, NodeStatusCache board, RejectedLedger rejections, DataLedger data)
{
    /// <summary>
    /// How many nodes in service can be reached, area by area. Presence is in memory and areas are in the database: each node is
    /// looked at, and none is kept but those told by name.
    /// </summary>
    /// <param name="scope">The reader's areas.</param>
    /// <param name="named">Most off-line nodes of an area that are told by name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyCollection<AreaReach>> ReachAsync(AreaScope scope, int named, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ordered =
            from node in Asked(db, new NodeFilter(Areas: scope.Areas))
            join area in db.Areas on node.AreaId equals area.Id
            orderby area.Name, node.Name
            select new { node.Id, node.Name, node.AreaId, Area = area.Name };
        var reach = new Dictionary<long, AreaReach>();
        var place = 0;
        await foreach (var node in ordered.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var status = board.Find(node.Id);
            var area = reach.TryGetValue(node.AreaId, out var known) ? known
                : reach[node.AreaId] = new AreaReach(node.AreaId, named);
            area.Add(status.Online, new OfflineNode(place++, node.Id, node.Name, node.Area, status.LastSeen));
        }

        return reach.Values;
    }

    /// <summary>All in service in a scope.</summary>
    public async Task<IReadOnlyList<NodePresence>> PresenceAsync(AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var nodes = await Asked(db, new NodeFilter(Areas: scope.Areas)).Select(node => new { node.Id, node.AreaId })
            .ToListAsync(cancellationToken);
        return nodes.ConvertAll(node => new NodePresence(node.Id, node.AreaId, board.Find(node.Id).Online));
    }

    /// <summary>Nodes by the names of area and node, and how many there are in all.</summary>
    public async Task<NodeList> ListAsync(NodeFilter filter, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Of a node that was revoked meanwhile too: a list goes on after it.
        var after = filter.After is { } id
            ? await Rows(db, db.Nodes.Where(node => node.Id == id))
                .Select(row => new { Area = row.Area.Name, row.Node.Name, row.Node.Id })
                .FirstOrDefaultAsync(cancellationToken) ?? throw new RefusedException(Refusal.Malformed, "after")
            : new { Area = string.Empty, Name = string.Empty, Id = string.Empty };
        var ordered =
            from node in Asked(db, filter)
            join area in db.Areas on node.AreaId equals area.Id
            orderby area.Name, node.Name, node.Id
            select new
            {
                node.Id,
                node.Name,
                Area = area.Level + " " + area.Name,
                IsLater = area.Name.CompareTo(after.Area) > 0 || (area.Name == after.Area
                    && (node.Name.CompareTo(after.Name) > 0 || (node.Name == after.Name && node.Id.CompareTo(after.Id) > 0))),
            };
        var (ids, total, online, left) = (new List<string>(), 0, 0, 0);
        var words = FoldedText.WordsOf(filter.Name);
        await foreach (var each in ordered.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!FoldedText.Holds($"{each.Name} {each.Area}", words))
            {
                continue;
            }

            var isOnline = board.Find(each.Id).Online;
            if (filter.State is NodeState.Online or NodeState.Offline && isOnline != (filter.State == NodeState.Online))
            {
                continue;
            }

            total++;
            online += isOnline ? 1 : 0;
            if (each.IsLater && ids.Count < take)
            {
                ids.Add(each.Id);
            }
            else
            {
                left += each.IsLater ? 1 : 0;
            }
        }

        var rows = await Rows(db, db.Nodes.Where(node => ids.Contains(node.Id)))
            .OrderBy(row => row.Area.Name).ThenBy(row => row.Node.Name).ThenBy(row => row.Node.Id).ToListAsync(cancellationToken);
        return new NodeList(rows.ConvertAll(Shown), total, online, left);
    }

    /// <summary>One node, in service or revoked; null when there never was one, or outside the scope.</summary>
    public async Task<NodeRow?> GetAsync(string nodeId, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Rows(db, db.Nodes.Where(node => node.Id == nodeId)).FirstOrDefaultAsync(cancellationToken) is { } row
            && scope.Holds(row.Node.AreaId)
            ? Shown(row)
            : null;
    }

    /// <summary>Those that the filter names, but for presence, which is in memory.</summary>
    private static IQueryable<Node> Asked(RadioDb db, NodeFilter filter)
    {
        var nodes = filter.State == NodeState.Revoked
            ? db.Nodes.AsNoTracking().Where(node => node.RevokedAt != null)
            : db.Nodes.AsNoTracking().Where(node => node.RevokedAt == null);
        if (filter.Areas is { } areas)
        {
            nodes = nodes.Where(node => areas.Contains(node.AreaId));
        }

        return filter.Ids is { } ids ? nodes.Where(node => ids.Contains(node.Id)) : nodes;
    }

    private static IQueryable<Placed> Rows(RadioDb db, IQueryable<Node> nodes) =>
        from node in nodes.AsNoTracking()
        join area in db.Areas on node.AreaId equals area.Id
        select new Placed
        {
            Node = node,
            Area = area,
            RotatingSince = db.Rotations.Where(rotation => rotation.NodeId == node.Id)
                .Select(rotation => (DateTimeOffset?)rotation.BegunAt).FirstOrDefault(),
            CodeUntil = db.EnrolmentCodes.Where(code => code.NodeId == node.Id && code.UsedAt == null)
                .Select(code => (DateTimeOffset?)code.ExpiresAt).FirstOrDefault(),
        };

    private NodeRow Shown(Placed row) => new(
        row.Node.Id, row.Node.Name, row.Area.Id, row.Area.Name, row.Node.Volume, row.Node.LowData,
        row.Node.PlanNumber, board.Find(row.Node.Id))
    {
        DayVolume = row.Node.DayVolume,
        Rejections = rejections.Of(row.Node.Id),
        DataUsed = data.Of(row.Node.Id).Used,
        DataBudget = data.Of(row.Node.Id).Budget,
        RotatingSince = row.RotatingSince,
        CodeUntil = row.CodeUntil,
        RevokedAt = row.Node.RevokedAt,
    };

    private sealed class Placed
    {
        public required Node Node { get; init; }

        public required Area Area { get; init; }

        public DateTimeOffset? RotatingSince { get; init; }

        public DateTimeOffset? CodeUntil { get; init; }
    }
}
