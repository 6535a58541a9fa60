using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Nodes;

/// <summary>A node as a screen shows it.</summary>
public sealed record NodeRow(string Id, string Name, long AreaId, string AreaName, int Volume, bool LowData, long PlanNumber, NodeStatus Status)
{
    /// <summary>What was refused of it or by it, ever.</summary>
    public IReadOnlyList<RejectedCount> Refusals { get; init; } = [];

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

/// <summary>Reads nodes for screens.</summary>
public sealed class NodeQuery(IDbContextFactory<RadioDb> databases, NodeStatusCache board, RejectedLedger refusals, DataLedger data)
{
    public async Task<IReadOnlyList<NodeRow>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await Rows(db, db.Nodes.Where(node => node.RevokedAt == null)).OrderBy(row => row.Area.Name).ThenBy(row => row.Node.Name).ToListAsync(cancel);
        return rows.ConvertAll(Shown);
    }

    /// <summary>One node, in service or revoked; null when there never was one.</summary>
    public async Task<NodeRow?> GetAsync(string nodeId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Rows(db, db.Nodes.Where(node => node.Id == nodeId)).FirstOrDefaultAsync(cancel) is { } row ? Shown(row) : null;
    }

    private static IQueryable<Placed> Rows(RadioDb db, IQueryable<Node> nodes) =>
        from node in nodes.AsNoTracking()
        join area in db.Areas on node.AreaId equals area.Id
        select new Placed
        {
            Node = node,
            Area = area,
            RotatingSince = db.Rotations.Where(rotation => rotation.NodeId == node.Id).Select(rotation => (DateTimeOffset?)rotation.BegunAt).FirstOrDefault(),
            CodeUntil = db.EnrolmentCodes.Where(code => code.NodeId == node.Id && code.UsedAt == null).Select(code => (DateTimeOffset?)code.ExpiresAt).FirstOrDefault(),
        };

    private NodeRow Shown(Placed row) => new(
        row.Node.Id, row.Node.Name, row.Area.Id, row.Area.Name, row.Node.Volume, row.Node.LowData, row.Node.PlanNumber, board.Find(row.Node.Id))
    {
        Refusals = refusals.Of(row.Node.Id),
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
