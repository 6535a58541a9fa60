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
    IReadOnlyCollection<string>? Ids = null);

/// <summary>A part of a list of nodes.</summary>
/// <param name="Rows">The part.</param>
/// <param name="Total">How many the whole list has.</param>
/// <param name="Online">How many of these are on-line.</param>
/// <param name="Left">How many come after the part.</param>
public sealed record NodeList(IReadOnlyList<NodeRow> Rows, int Total, int Online, int Left);

/// <summary>Reads nodes for screens.</summary>
public sealed class NodeQuery(
    IDbContextFactory<RadioDb> databases, NodeStatusCache board, RejectedLedger rejections, DataLedger data)
{
    /// <summary>The nodes in service within a scope.</summary>
    public async Task<IReadOnlyList<NodeRow>> ListAsync(AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var nodes = db.Nodes.Where(node => node.RevokedAt == null);
        if (scope.Areas is { } areas)
        {
            nodes = nodes.Where(node => areas.Contains(node.AreaId));
        }

        var rows = await Rows(db, nodes).OrderBy(row => row.Area.Name).ThenBy(row => row.Node.Name)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(Shown);
    }

    /// <summary>Nodes by the names of area and node, and how many there are in all.</summary>
    public async Task<NodeList> ListAsync(NodeFilter filter, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Revoked ones too: a list goes on after a node that was revoked meanwhile.
        var all = await (
            from node in db.Nodes.AsNoTracking()
            join area in db.Areas on node.AreaId equals area.Id
            orderby area.Name, node.Name, node.Id
            select new { node.Id, node.AreaId, IsRevoked = node.RevokedAt != null }).ToListAsync(cancellationToken);
        var begin = filter.After is { } after ? all.FindIndex(each => each.Id == after) + 1 : 0;
        if (filter.After is not null && begin == 0)
        {
            throw new RefusedException(Refusal.Malformed, "after");
        }

        bool IsAsked(string id, long areaId, bool isRevoked) =>
            filter.Areas?.Contains(areaId) != false && filter.Ids?.Contains(id) != false && filter.State switch
            {
                null => !isRevoked,
                NodeState.Revoked => isRevoked,
                _ => !isRevoked && board.Find(id).Online == (filter.State == NodeState.Online),
            };
        var asked = all.Index().Where(each => IsAsked(each.Item.Id, each.Item.AreaId, each.Item.IsRevoked)).ToList();
        var rest = asked.FindAll(each => each.Index >= begin);
        var ids = rest.Take(take).Select(each => each.Item.Id).ToList();
        var rows = await Rows(db, db.Nodes.Where(node => ids.Contains(node.Id)))
            .OrderBy(row => row.Area.Name).ThenBy(row => row.Node.Name).ThenBy(row => row.Node.Id).ToListAsync(cancellationToken);
        var online = asked.Count(each => board.Find(each.Item.Id).Online);
        return new NodeList(rows.ConvertAll(Shown), asked.Count, online, rest.Count - ids.Count);
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
