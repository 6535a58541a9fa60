using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Groups;

/// <summary>A group as screens show it.</summary>
/// <param name="Nodes">Ids of its nodes that are in service.</param>
/// <param name="Mark">Of what it is now, see <see cref="SaveGroupRequest.Seen"/>.</param>
public sealed record GroupRow(long Id, long AreaId, string Name, IReadOnlyList<string> Nodes, string Mark);

/// <summary>Reads groups for screens.</summary>
public sealed class GroupQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>Those of the areas in a scope, by name.</summary>
    public async Task<IReadOnlyList<GroupRow>> ListAsync(AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(
            db, db.Groups.Where(group => group.RemovedAt == null), scope, cancellationToken);
    }

    /// <summary>Null when there is no such group in the scope.</summary>
    public async Task<GroupRow?> FindAsync(long id, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await ReadAsync(
            db, db.Groups.Where(group => group.Id == id && group.RemovedAt == null), scope, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The names of groups, those that were removed too.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Groups.Where(group => ids.Contains(group.Id)).OrderBy(group => group.Name).Select(group => group.Name)
            .ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<GroupRow>> ReadAsync(
        RadioDb db, IQueryable<NodeGroup> groups, AreaScope scope, CancellationToken cancellationToken)
    {
        if (scope.Areas is { } areas)
        {
            groups = groups.Where(group => areas.Contains(group.AreaId));
        }

        var rows = await groups.AsNoTracking().OrderBy(group => group.Name).ThenBy(group => group.Id)
            .ToListAsync(cancellationToken);
        var named = rows.SelectMany(group => group.Nodes).Distinct(StringComparer.Ordinal).ToList();
        var inService = await db.Nodes.Where(node => node.RevokedAt == null && named.Contains(node.Id)).Select(node => node.Id)
            .ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        return rows.ConvertAll(
            group => new GroupRow(group.Id, group.AreaId, group.Name, [.. group.Nodes.Where(inService.Contains)], group.Mark));
    }
}
