using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Releases;

/// <summary>A node of a rollout as a screen shows it.</summary>
public sealed record RolloutNodeRow(
    string NodeId, string Name, int Stage, RolloutStep Step, RolloutFailure Failure, DateTimeOffset? SentAt,
    DateTimeOffset? EndedAt);

/// <summary>A rollout as a screen shows it.</summary>
public sealed record RolloutRow(
    long Id, long ReleaseId, string Version, RolloutState State, int Stage, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt,
    IReadOnlyList<RolloutNodeRow> Nodes)
{
    public int Count(int stage, RolloutStep step) => Nodes.Count(node => node.Stage == stage && node.Step == step);

    public int Count(int stage) => Nodes.Count(node => node.Stage == stage);
}

/// <summary>Reads releases and rollouts for screens.</summary>
public sealed class ReleaseQuery(IDbContextFactory<RadioDb> databases)
{
    public async Task<IReadOnlyList<Release>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Releases.AsNoTracking().OrderByDescending(release => release.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The newest rollouts.</summary>
    public async Task<IReadOnlyList<RolloutRow>> RolloutsAsync(int most, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = await db.Rollouts.OrderByDescending(rollout => rollout.Id).Select(rollout => rollout.Id).Take(most)
            .ToListAsync(cancellationToken);
        var rows = new List<RolloutRow>();
        foreach (var id in ids)
        {
            rows.Add((await FindAsync(db, id, cancellationToken))!);
        }

        return rows;
    }

    /// <summary>One rollout, or null.</summary>
    public async Task<RolloutRow?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, id, cancellationToken);
    }

    private static async Task<RolloutRow?> FindAsync(RadioDb db, long id, CancellationToken cancellationToken)
    {
        if (await db.Rollouts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } rollout)
        {
            return null;
        }

        var version = await db.Releases.Where(release => release.Id == rollout.ReleaseId).Select(release => release.Version)
            .SingleAsync(cancellationToken);
        var nodes = await (
            from item in db.RolloutNodes.AsNoTracking()
            where item.RolloutId == id
            join node in db.Nodes on item.NodeId equals node.Id
            orderby item.Stage, node.Name
            select new RolloutNodeRow(
                item.NodeId, node.Name, item.Stage, item.Step, item.Failure, item.SentAt, item.EndedAt)).ToListAsync(
                    cancellationToken);
        return new RolloutRow(
            id, rollout.ReleaseId, version, rollout.State, rollout.Stage, rollout.CreatedAt, rollout.EndedAt, nodes);
    }
}
