using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Releases;

/// <summary>
/// Begins to bring a release to all nodes in service: first to those that were chosen, then to a tenth of the others, then to the
/// rest.
/// </summary>
public sealed class StartRollout(
    AuditedChanges changes, NodeStatusCache board, TimeProvider time, IOptions<LimitOptions> limits)
{
    private const int SecondShare = 10;

    /// <param name="releaseId">The release.</param>
    /// <param name="firstNodes">Nodes of the first stage, at least one; best some that are near and easy to reach.</param>
    /// <param name="actor">Who begins it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RefusedException">
    /// <see cref="ReleaseRefusal.UnknownRelease"/>, <see cref="NodeRefusal.UnknownNode"/>,
    /// <see cref="ReleaseRefusal.NoFirstNodes"/>, <see cref="Refusal.TooManyIds"/>, <see cref="Refusal.Malformed"/> for null in the list,
    /// <see cref="ReleaseRefusal.RolloutRunning"/>, <see cref="ReleaseRefusal.TooManyRollouts"/>.
    /// </exception>
    public async Task<Rollout> HandleAsync(
        long releaseId, IReadOnlyCollection<string> firstNodes, Actor actor, CancellationToken cancellationToken)
    {
        limits.Value.CheckIds(firstNodes, "firstNodes");
        var first = firstNodes.ToHashSet(StringComparer.Ordinal);
        if (first.Count == 0)
        {
            throw new RefusedException(ReleaseRefusal.NoFirstNodes);
        }

        var begun = await changes.ApplyAsync(
            actor,
            Right.Administer,
            "rollout.start",
            async (change, token) =>
            {
                var db = change.Db;
                change.Everywhere();
                var release = await db.Releases.FindAsync([releaseId], token)
                    ?? throw new RefusedException(ReleaseRefusal.UnknownRelease, releaseId);
                if (await db.Rollouts.AnyAsync(row => row.State == RolloutState.Running, token))
                {
                    throw new RefusedException(ReleaseRefusal.RolloutRunning);
                }

                if (await db.Rollouts.CountAsync(token) >= limits.Value.Rollouts)
                {
                    throw new RefusedException(ReleaseRefusal.TooManyRollouts, limits.Value.Rollouts);
                }

                var nodes = await db.Nodes.Where(node => node.RevokedAt == null).Select(node => node.Id)
                    .OrderBy(id => id).ToListAsync(token);
                if (first.Except(nodes, StringComparer.Ordinal).FirstOrDefault() is { } stranger)
                {
                    throw new RefusedException(NodeRefusal.UnknownNode, stranger);
                }

                var rollout = new Rollout { ReleaseId = releaseId, CreatedAt = time.GetUtcNow() };
                foreach (var node in Staged(nodes, first, release.Version))
                {
                    rollout.Nodes.Add(node);
                }

                db.Rollouts.Add(rollout);
                await db.SaveChangesAsync(token);
                change.Happens(new ReleasesChanged());
                return change.Report(
                    rollout, $"rollout {rollout.Id}", new { release.Version, first, nodes = rollout.Nodes.Count });
            },
            cancellationToken);
        return begun;
    }

    private IEnumerable<RolloutNode> Staged(List<string> nodes, HashSet<string> first, string version)
    {
        // Those that run it already need nothing, unless somebody asks for just these.
        var others = nodes.Where(id => !first.Contains(id) && board.Find(id).Firmware != version)
            .ToList();
        var second = (others.Count + SecondShare - 1) / SecondShare;
        return first.Select(id => new RolloutNode { NodeId = id, Stage = 1 })
            .Concat(others.Select((id, index) => new RolloutNode { NodeId = id, Stage = index < second ? 2 : 3 }));
    }
}
