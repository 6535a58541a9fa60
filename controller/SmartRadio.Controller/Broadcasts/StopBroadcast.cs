using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Stops a broadcast that is on air, or cancels one that is still to come, on every node in the areas of whoever asks.
/// </summary>
public sealed class StopBroadcast(
    IDbContextFactory<RadioDb> databases,
    AuditedChanges changes,
    IRights rights,
    NodeSilence silence,
    StopRecorder recorder,
    TimeProvider time)
{
    /// <returns>
    /// False when the nodes are silenced and the books, which cannot be written now, will be written later.
    /// </returns>
    /// <exception cref="RefusedException">
    /// It does not exist or is over, or none of it is heard in an area of the person's. Or
    /// <see cref="BroadcastRefusal.StopNotSent"/>: it is in the books, and the loudspeakers hear of it when the link is back.
    /// </exception>
    public async Task<bool> HandleAsync(long broadcastId, Actor actor, CancellationToken cancellationToken)
    {
        // Silence first, the books after.
        var pressed = time.GetUtcNow();
        var isSent = await SilenceAsync(broadcastId, actor, cancellationToken);
        var recorded = await RecordAsync(new StopPress(broadcastId, Area: null, actor, pressed));
        return isSent ? recorded is not null : throw new RefusedException(BroadcastRefusal.StopNotSent);
    }

    /// <summary>Has the press written into the books.</summary>
    /// <returns>On how many loudspeakers it was stopped; null when that is written later.</returns>
    internal Task<int?> RecordAsync(StopPress press) => recorder.RecordAsync(press, token => WriteAsync(press, token));

    private Task<int> WriteAsync(StopPress press, CancellationToken cancellationToken) =>
        changes.ApplyAsync(press.Actor, Right.Stop, "broadcast.stop", async (change, token) =>
        {
            var (broadcastId, pressed) = (press.Broadcast!.Value, press.At);
            var broadcast = await change.Db.Broadcasts.Include(b => b.Targets).SingleAsync(b => b.Id == broadcastId, token);
            change.At(AreaOf(broadcast, change.Scope));
            // It may have ended since it was silenced: that somebody stopped it is written all the same.
            var stopped = broadcast.State == BroadcastState.Planned ? broadcast.Stop(pressed, change.Scope) : [];
            await change.Db.SaveChangesAsync(token);
            await PlanNumbers.RaiseAsync(change, stopped, token);
            change.Happens(new BroadcastsChanged([broadcastId]));
            return change.Report(
                stopped.Count, $"broadcast {broadcastId}", new { Pressed = pressed, Nodes = stopped.Count });
        }, cancellationToken);

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

    /// <returns>False when the link did not take it.</returns>
    private async Task<bool> SilenceAsync(long broadcastId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var broadcast = await FindAsync(db, broadcastId, cancellationToken);
        var scope = (await rights.OfAsync(db, actor, cancellationToken)).Of(Right.Stop);
        if (!AreaOf(broadcast, scope).All(area => scope.Holds(area)))
        {
            // Said now: the books may have to wait.
            throw new RefusedException(Refusal.NotAllowed);
        }

        var open = broadcast.Targets.Where(target => !target.IsOver).ToList();
        if (open.TrueForAll(target => scope.Holds(target.AreaId)))
        {
            await silence.EndStreamsAsync([broadcastId], cancellationToken);
        }

        var nodes = open.Where(target => scope.Holds(target.AreaId)).Select(target => target.NodeId);
        return await silence.SendAsync(broadcastId, nodes.ToAsyncEnumerable(), cancellationToken);
    }
}
