using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// One press: silence in all areas of whoever asks, or in one of them, whatever is on air or about to be. What is planned for
/// later stays.
/// </summary>
public sealed class StopEverything(
    IDbContextFactory<RadioDb> databases,
    AuditedChanges changes,
    IRights rights,
    NodeSilence silence,
    StopRecorder recorder,
    TimeProvider time)
{
    // A broadcast that is only seconds away was meant too.
    private static readonly TimeSpan AboutTo = TimeSpan.FromSeconds(10);

    /// <param name="area">Only there and below; null = in all areas in which the person holds any role.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// How many broadcasts were stopped, all of them or where they reach these areas. Null when the nodes are silenced and the
    /// books, which cannot be written now, will be written later.
    /// </returns>
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NotAllowed"/>, <see cref="AreaRefusal.UnknownArea"/>; then no node was silenced. Or
    /// <see cref="BroadcastRefusal.StopNotSent"/>: it is in the books, and the loudspeakers hear of it when the link is back.
    /// </exception>
    public async Task<int?> HandleAsync(long? area, Actor actor, CancellationToken cancellationToken)
    {
        // Silence first, the books after: every node is told before the database is even asked what was on air.
        var pressed = time.GetUtcNow();
        var isSent = await SilenceAsync(area, actor, pressed, cancellationToken);
        var recorded = await RecordAsync(new StopPress(Broadcast: null, area, actor, pressed));
        return isSent ? recorded : throw new RefusedException(BroadcastRefusal.StopNotSent);
    }

    /// <summary>Has the press written into the books.</summary>
    /// <returns>How many broadcasts were stopped; null when that is written later.</returns>
    internal Task<int?> RecordAsync(StopPress press) => recorder.RecordAsync(press, token => WriteAsync(press, token));

    private Task<int> WriteAsync(StopPress press, CancellationToken cancellationToken) =>
        changes.ApplyAsync(press.Actor, Right.Stop, "broadcast.stop-all", async (change, token) =>
        {
            var (area, pressed) = (press.Area, press.At);
            Check(change, area);
            var scope = await WithinAsync(change.Db, change.Scope, area, token);
            // What was made after the press was not meant, though the books come later.
            var running = await Running(change.Db, pressed).Where(b => b.CreatedAt <= pressed).Include(b => b.Targets)
                .ToListAsync(token);
            running.RemoveAll(broadcast => !broadcast.Targets.Any(target => scope.Holds(target.AreaId)));
            var concerned = running.SelectMany(broadcast => broadcast.Stop(pressed, scope))
                .Distinct(StringComparer.Ordinal).ToList();
            await change.Db.SaveChangesAsync(token);
            await PlanNumbers.RaiseAsync(change, concerned, token);
            var ids = running.ConvertAll(broadcast => broadcast.Id);
            change.Happens(new BroadcastsChanged(ids));
            return change.Report(
                ids.Count, area is null ? "everything" : $"area {area}",
                new { Pressed = pressed, Broadcasts = ids, Nodes = concerned.Count });
        }, cancellationToken);

    private static void Check(Change change, long? area)
    {
        if (area is null)
        {
            change.WithinScope();
        }
        else
        {
            change.At(area);
        }
    }

    private static async Task<AreaScope> WithinAsync(RadioDb db, AreaScope scope, long? area, CancellationToken cancellationToken)
    {
        if (area is not { } one)
        {
            return scope;
        }

        var below = (await AreaQuery.LoadAsync(db, cancellationToken)).WithDescendants([one]);
        return below.Count > 0 ? AreaScope.Of(below) : throw new RefusedException(AreaRefusal.UnknownArea, one);
    }

    private static IQueryable<Broadcast> Running(RadioDb db, DateTimeOffset pressed)
    {
        var soon = pressed + AboutTo;
        return db.Broadcasts.Where(b => b.State == BroadcastState.Planned && b.Start <= soon);
    }

    /// <returns>False when the link did not take it.</returns>
    private async Task<bool> SilenceAsync(long? area, Actor actor, DateTimeOffset pressed, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var held = (await rights.OfAsync(db, actor, cancellationToken)).Of(Right.Stop);
        if (area is { } asked ? !held.Holds(asked) : held.IsEmpty)
        {
            // What is refused has no effect, not even where the person might have asked.
            throw new RefusedException(Refusal.NotAllowed);
        }

        var scope = await WithinAsync(db, held, area, cancellationToken);
        var (nodes, running) = (db.Nodes.Where(node => node.RevokedAt == null), Running(db, pressed));
        if (scope.Areas is { } areas)
        {
            nodes = nodes.Where(node => areas.Contains(node.AreaId));
            running = running.Where(
                broadcast =>
                    !broadcast.Targets.Any(target => target.State < TargetState.Played && !areas.Contains(target.AreaId)));
        }

        var isSent = await silence.SendAsync(broadcast: 0, nodes.Select(node => node.Id).AsAsyncEnumerable(), cancellationToken);
        // Streams that others hear go on.
        await silence.EndStreamsAsync(
            await running.Select(broadcast => broadcast.Id).ToListAsync(cancellationToken), cancellationToken);
        return isSent;
    }
}
