using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <summary>A loudspeaker in service, as residents know it.</summary>
/// <param name="Token">Of its public address; null when it has none.</param>
public sealed record PoleRow(string NodeId, string Name, long AreaId, string AreaName, string? Token);

/// <summary>Which loudspeakers a list holds. Null = whichever.</summary>
/// <param name="Words">All of these are in its name or its area's, whatever their marks and case.</param>
/// <param name="After">Only those after this node in the order of the list.</param>
public sealed record PoleFilter(IReadOnlyCollection<long>? Areas = null, string? Words = null, string? After = null);

/// <summary>Finds loudspeakers of which residents complain, and their public addresses.</summary>
public sealed class PoleQuery(IDbContextFactory<RadioDb> databases, NodeQuery fleet)
{
    /// <summary>Loudspeakers by the names of area and node, and how many come after them.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.Malformed"/>: nobody knows the node to come after.</exception>
    public async Task<(IReadOnlyList<PoleRow> Rows, int Left)> ListAsync(
        AreaScope scope, PoleFilter filter, int take, CancellationToken cancellationToken)
    {
        var asked = new NodeFilter(
            Areas: scope.Within(filter.Areas), After: string.IsNullOrEmpty(filter.After) ? null : filter.After)
        {
            Name = ComplaintText.Asked(filter.Words),
        };
        var found = await fleet.ListAsync(asked, take, cancellationToken);
        var ids = found.Rows.Select(row => row.Id).ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await Rows(db, db.Nodes.Where(node => ids.Contains(node.Id))).ToListAsync(cancellationToken);
        return (rows, found.Left);
    }

    /// <summary>One loudspeaker; null outside the scope.</summary>
    public async Task<PoleRow?> GetAsync(string nodeId, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var nodes = db.Nodes.Where(node => node.RevokedAt == null && node.Id == nodeId);
        return await Rows(db, nodes).SingleOrDefaultAsync(cancellationToken) is { } pole && scope.Holds(pole.AreaId)
            ? pole
            : null;
    }

    /// <summary>Whether residents of an area may complain without an account.</summary>
    public async Task<bool> IsFormOpenAsync(long area, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await PublicForm.IsOpenAsync(db, area, cancellationToken);
    }

    private static IQueryable<PoleRow> Rows(RadioDb db, IQueryable<Node> nodes) =>
        from node in nodes
        join area in db.Areas on node.AreaId equals area.Id
        orderby area.Name, node.Name, node.Id
        select new PoleRow(
            node.Id, node.Name, area.Id, ComplaintText.AreaName(area),
            db.ComplaintAddresses.Where(address => address.NodeId == node.Id).Select(address => address.Token)
                .FirstOrDefault());
}
