using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Stops a broadcast that is on air, or cancels one that is still to come, on every node in the areas of whoever asks.
/// </summary>
public sealed class StopBroadcast(
    IDbContextFactory<RadioDb> databases, AuditedChanges changes, IRights rights, NodeSilence silence, TimeProvider time)
{
    /// <exception cref="RefusedException">
    /// It does not exist or is over, or none of it is heard in an area of the person's.
    /// </exception>
    public async Task HandleAsync(long broadcastId, Actor actor, CancellationToken cancellationToken)
    {
        // Silence first, the books after.
        await SilenceAsync(broadcastId, actor, cancellationToken);
        await changes.ApplyAsync(actor, Right.Stop, "broadcast.stop", async (change, token) =>
        {
            var broadcast = await FindAsync(change.Db, broadcastId, token);
            change.At(AreaOf(broadcast, change.Scope));
            var stopped = broadcast.Stop(time.GetUtcNow(), change.Scope);
            await change.Db.SaveChangesAsync(token);
            await PlanNumbers.RaiseAsync(change, stopped, token);
            change.Happens(new BroadcastsChanged([broadcastId]));
            return change.Report(stopped.Count, $"broadcast {broadcastId}", new { Nodes = stopped.Count });
        }, cancellationToken);
    }

    private static async Task<Broadcast> FindAsync(RadioDb db, long broadcastId, CancellationToken cancellationToken)
    {
        var broadcast = await db.Broadcasts.Include(b => b.Targets)
            .FirstOrDefaultAsync(b => b.Id == broadcastId, cancellationToken)
            ?? throw new RefusedException(BroadcastRefusal.UnknownBroadcast, broadcastId);
        return broadcast.State == BroadcastState.Planned
            ? broadcast
            : throw new RefusedException(BroadcastRefusal.AlreadyOver, broadcastId);
    }

    /// <summary>One of its areas, best one where the person may stop it: none of them lets nobody in.</summary>
    private static IEnumerable<long> AreaOf(Broadcast broadcast, AreaScope scope) =>
        broadcast.Targets.Select(target => target.AreaId).OrderByDescending(area => scope.Holds(area)).Take(1);

    private async Task SilenceAsync(long broadcastId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var broadcast = await FindAsync(db, broadcastId, cancellationToken);
        var scope = (await rights.OfAsync(db, actor, cancellationToken)).Of(Right.Stop);
        var open = broadcast.Targets.Where(target => !target.IsOver).ToList();
        if (open.TrueForAll(target => scope.Holds(target.AreaId)))
        {
            await silence.EndStreamsAsync([broadcastId], cancellationToken);
        }

        var nodes = open.Where(target => scope.Holds(target.AreaId)).Select(target => target.NodeId);
        await silence.SendAsync(broadcastId, nodes.ToAsyncEnumerable(), cancellationToken);
    }
}
