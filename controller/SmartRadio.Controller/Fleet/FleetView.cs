using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Fleet;

/// <summary>A node as a screen shows it.</summary>
public sealed record NodeRow(string Id, string Name, long AreaId, string AreaName, int Volume, bool LowData, long PlanNumber, NodeStatus Status);

/// <summary>Reads nodes for screens.</summary>
public sealed class FleetView(IDbContextFactory<RadioDb> databases, FleetBoard board)
{
    public async Task<IReadOnlyList<NodeRow>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Rows(db).OrderBy(row => row.AreaName).ThenBy(row => row.Name)
            .AsAsyncEnumerable().Select(WithStatus).ToListAsync(cancel);
    }

    public async Task<NodeRow?> GetAsync(string nodeId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Rows(db).FirstOrDefaultAsync(row => row.Id == nodeId, cancel) is { } row ? WithStatus(row) : null;
    }

    private static IQueryable<NodeRow> Rows(RadioDb db) =>
        from node in db.Nodes.AsNoTracking()
        where node.RevokedAt == null
        join area in db.Areas on node.AreaId equals area.Id
        select new NodeRow(node.Id, node.Name, area.Id, area.Name, node.Volume, node.LowData, node.PlanNumber, null!);

    private NodeRow WithStatus(NodeRow row) => row with { Status = board.Find(row.Id) };
}
