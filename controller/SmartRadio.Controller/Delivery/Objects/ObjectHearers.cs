using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>
/// Knows which nodes listen for an object: those on-line that are to play it and have not said that they hold it. A node that
/// hears every chunk need never ask, so requests alone do not tell.
/// </summary>
public sealed class ObjectHearers(
    IDbContextFactory<RadioDb> databases, NodeStatusCache board, TimeProvider time, ILogger<ObjectHearers> logger)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(10);

    /// <summary>Looks again where that is due.</summary>
    internal async Task LookAsync(IEnumerable<Carousel> carousels, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var carousel in carousels.Where(carousel => carousel.IsWanted && carousel.HearersKnownUntil <= now))
        {
            carousel.HearersKnownUntil = now + KnownFor;
            try
            {
                carousel.Hear(await ListenersAsync(carousel.ObjectId, cancellationToken));
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The sound goes out all the same; only the count is a little short.
                logger.LogError(problem, "Who listens for object {Object} could not be read", carousel.ObjectId);
            }
        }
    }

    private async Task<IReadOnlySet<string>> ListenersAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var wanting = await db.Targets
            .Where(target => target.ObjectId == objectId && target.State < TargetState.Verified)
            .Join(db.Broadcasts.Where(b => b.State == BroadcastState.Planned), t => t.BroadcastId, b => b.Id, (t, b) => t.NodeId)
            .Distinct().ToListAsync(cancellationToken);
        return wanting.Where(nodeId => board.Find(nodeId).Online).ToHashSet(StringComparer.Ordinal);
    }
}
