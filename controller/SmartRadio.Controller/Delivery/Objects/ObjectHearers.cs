using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Releases;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>
/// Knows which nodes may have an object, and which listen for it: those on-line that are to play it and have not said that they
/// hold it. A node that hears every chunk need never ask, so requests alone do not tell.
/// </summary>
public sealed class ObjectHearers(
    IDbContextFactory<RadioDb> databases, NodeStatusCache board, TimeProvider time, ILogger<ObjectHearers> logger)
{
    /// <summary>The rank of a release, below the class of any broadcast.</summary>
    internal const int Release = 0;

    private const int AtATime = 500;
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(10);

    /// <summary>Looks again where that is due.</summary>
    internal async Task LookAsync(IEnumerable<Carousel> carousels, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var due in carousels.Where(carousel => carousel.IsWanted && carousel.HearersKnownUntil <= now).Chunk(AtATime))
        {
            Array.ForEach(due, carousel => carousel.HearersKnownUntil = now + KnownFor);
            try
            {
                var objects = due.Select(carousel => carousel.ObjectId).ToHashSet(StringComparer.Ordinal);
                var listeners = await ListenersAsync(objects, cancellationToken);
                Array.ForEach(due, carousel => carousel.Hear(listeners[carousel.ObjectId].ToHashSet(StringComparer.Ordinal)));
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The sound goes out all the same; only the count is a little short.
                logger.LogError(problem, "Who listens for objects could not be read");
            }
        }
    }

    /// <summary>
    /// Which of these requests are for an object that an open broadcast of the node names, or its rollout, and how dear it is:
    /// the class of the broadcast, or <see cref="Release"/>. The others are not answered.
    /// </summary>
    internal async Task<IReadOnlyList<(ObjectAsked Asked, int Rank)>> NamedAsync(
        IEnumerable<ObjectAsked> asked, CancellationToken cancellationToken)
    {
        var named = new List<(ObjectAsked, int)>();
        foreach (var batch in asked.Chunk(AtATime))
        {
            try
            {
                var ranks = await RanksAsync(batch, cancellationToken);
                named.AddRange(
                    from each in batch
                    where ranks.Contains((each.NodeId, each.ObjectId))
                    select (each, ranks[(each.NodeId, each.ObjectId)].Max()));
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "What nodes are to have could not be read; they will ask again");
            }
        }

        return named;
    }

    private async Task<ILookup<(string NodeId, string ObjectId), int>> RanksAsync(
        ObjectAsked[] batch, CancellationToken cancellationToken)
    {
        var nodes = batch.Select(each => each.NodeId).ToHashSet(StringComparer.Ordinal);
        var objects = batch.Select(each => each.ObjectId).ToHashSet(StringComparer.Ordinal);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var planned = await (
            from target in db.Targets
            where nodes.Contains(target.NodeId) && target.State < TargetState.Played && target.StoppedAt == null
                && objects.Contains(target.ObjectId!)
            join broadcast in db.Broadcasts on target.BroadcastId equals broadcast.Id
            where broadcast.State == BroadcastState.Planned
            select new { target.NodeId, target.ObjectId, Rank = (int)broadcast.Class }).Distinct().ToListAsync(cancellationToken);

        // A node that was told goes on, also when its rollout was stopped or took it for lost.
        var released = await (
            from node in db.RolloutNodes
            where nodes.Contains(node.NodeId)
                && (node.Step == RolloutStep.Sent || node.Failure == RolloutFailure.NoResult)
            join rollout in db.Rollouts on node.RolloutId equals rollout.Id
            join release in db.Releases on rollout.ReleaseId equals release.Id
            where objects.Contains(release.ObjectId)
            select new { node.NodeId, release.ObjectId, Rank = Release }).Distinct().ToListAsync(cancellationToken);
        return planned.Select(each => (each.NodeId, ObjectId: each.ObjectId!, each.Rank))
            .Concat(released.Select(each => (each.NodeId, each.ObjectId, each.Rank)))
            .ToLookup(each => (each.NodeId, each.ObjectId), each => each.Rank);
    }

    private async Task<ILookup<string, string>> ListenersAsync(HashSet<string> objects, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var wanting = await (
            from target in db.Targets
            where objects.Contains(target.ObjectId!) && target.State < TargetState.Verified
            join broadcast in db.Broadcasts on target.BroadcastId equals broadcast.Id
            where broadcast.State == BroadcastState.Planned
            select new { target.ObjectId, target.NodeId }).Distinct().ToListAsync(cancellationToken);
        return wanting.Where(each => board.Find(each.NodeId).Online)
            .ToLookup(each => each.ObjectId!, each => each.NodeId, StringComparer.Ordinal);
    }
}
