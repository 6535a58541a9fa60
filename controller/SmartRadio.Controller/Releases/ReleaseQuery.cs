using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Releases;

/// <summary>A node of a rollout as a screen shows it.</summary>
public sealed record RolloutNodeRow(
    string NodeId, string Name, int Stage, RolloutStep Step, RolloutFailure Failure, DateTimeOffset? SentAt,
    DateTimeOffset? EndedAt);

/// <summary>How many nodes of a stage are at a step.</summary>
public sealed record RolloutCount(int Stage, RolloutStep Step, int Nodes);

/// <summary>A rollout as a screen shows it.</summary>
/// <param name="Nodes">Those that were asked for.</param>
public sealed record RolloutRow(
    long Id, long ReleaseId, string Version, RolloutState State, int Stage, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt,
    IReadOnlyList<RolloutNodeRow> Nodes)
{
    /// <summary>Of all its nodes.</summary>
    public required IReadOnlyList<RolloutCount> Counts { get; init; }

    public int Count(int stage, RolloutStep step) =>
        Counts.Where(count => count.Stage == stage && count.Step == step).Sum(count => count.Nodes);

    public int Count(int stage) => Counts.Where(count => count.Stage == stage).Sum(count => count.Nodes);
}

/// <summary>Which nodes of a rollout a list holds.</summary>
/// <param name="Step">Null = at whichever.</param>
/// <param name="After">Only those after this node in the order of the list.</param>
public sealed record RolloutNodeFilter(RolloutStep? Step = null, string? After = null);

/// <summary>Reads releases and rollouts for screens.</summary>
public sealed class ReleaseQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>The newest first, and how many there are in all.</summary>
    /// <param name="after">Only those older than this one.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(IReadOnlyList<Release> Rows, int Total)> ListAsync(
        long? after, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Releases.AsNoTracking().Where(release => after == null || release.Id < after)
            .OrderByDescending(release => release.Id).Take(take).ToListAsync(cancellationToken);
        return (rows, await db.Releases.CountAsync(cancellationToken));
    }

    /// <summary>The newest rollouts, each with some of its nodes that failed.</summary>
    public async Task<IReadOnlyList<RolloutRow>> RolloutsAsync(int most, int failed, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = await db.Rollouts.OrderByDescending(rollout => rollout.Id).Select(rollout => rollout.Id).Take(most)
            .ToListAsync(cancellationToken);
        var rows = new List<RolloutRow>();
        foreach (var id in ids)
        {
            rows.Add((await FindAsync(db, id, new RolloutNodeFilter(RolloutStep.Failed), failed, cancellationToken))!);
        }

        return rows;
    }

    /// <summary>One rollout with some of its nodes, by stage and name, or null.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.Malformed"/>: the list cannot go on after that node.</exception>
    public async Task<RolloutRow?> FindAsync(
        long id, RolloutNodeFilter filter, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, id, filter, take, cancellationToken);
    }

    private static async Task<RolloutRow?> FindAsync(
        RadioDb db, long id, RolloutNodeFilter filter, int take, CancellationToken cancellationToken)
    {
        if (await db.Rollouts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } rollout)
        {
            return null;
        }

        var version = await db.Releases.Where(release => release.Id == rollout.ReleaseId).Select(release => release.Version)
            .SingleAsync(cancellationToken);
        var counts = await db.RolloutNodes.Where(node => node.RolloutId == id).GroupBy(node => new { node.Stage, node.Step })
            .Select(same => new RolloutCount(same.Key.Stage, same.Key.Step, same.Count())).ToListAsync(cancellationToken);
        return new RolloutRow(
            id, rollout.ReleaseId, version, rollout.State, rollout.Stage, rollout.CreatedAt, rollout.EndedAt,
            await NodesAsync(db, id, filter, take, cancellationToken))
        {
            Counts = counts,
        };
    }

    private static async Task<List<RolloutNodeRow>> NodesAsync(
        RadioDb db, long id, RolloutNodeFilter filter, int take, CancellationToken cancellationToken)
    {
        var nodes =
            from item in db.RolloutNodes.AsNoTracking()
            where item.RolloutId == id && (filter.Step == null || item.Step == filter.Step)
            join node in db.Nodes on item.NodeId equals node.Id
            select new { Item = item, node.Name };
        if (filter.After is { } after)
        {
            var last = await (
                from item in db.RolloutNodes
                where item.RolloutId == id && item.NodeId == after
                join node in db.Nodes on item.NodeId equals node.Id
                select new { item.Stage, node.Name }).SingleOrDefaultAsync(cancellationToken)
                ?? throw new RefusedException(Refusal.Malformed, "after");
            nodes = nodes.Where(row => row.Item.Stage > last.Stage || (row.Item.Stage == last.Stage
                && (row.Name.CompareTo(last.Name) > 0 || (row.Name == last.Name && row.Item.NodeId.CompareTo(after) > 0))));
        }

        return await nodes.OrderBy(row => row.Item.Stage).ThenBy(row => row.Name).ThenBy(row => row.Item.NodeId).Take(take)
            .Select(row => new RolloutNodeRow(
                row.Item.NodeId, row.Name, row.Item.Stage, row.Item.Step, row.Item.Failure, row.Item.SentAt, row.Item.EndedAt))
            .ToListAsync(cancellationToken);
    }
}
