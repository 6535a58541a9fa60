using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Ends broadcasts that are over: accounted for by every node, or so long past that whoever is silent counts as out of reach.
/// </summary>
public sealed class BroadcastCloser(
    IDbContextFactory<RadioDb> databases,
    WriteTurns turns,
    Events events,
    IOptions<BroadcastOptions> options,
    TimeProvider time,
    ILogger<BroadcastCloser> logger) : BackgroundService
{
    // Receipts of the last sample need a moment on a weak line; a late one still counts when it comes.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchEnds, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CloseAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "Broadcasts could not be closed; tried again soon");
            }
        }
    }

    /// <returns>How many were ended.</returns>
    internal async Task<int> CloseAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ending = await EndingAsync(now, cancellationToken);
        if (ending.Count == 0)
        {
            return 0;
        }

        var closed = new List<long>();
        List<string> waiting;
        // In a turn, so that no receipt is stored between the look and the writing: "played" is never overwritten.
        await using (var turn = await turns.TakeAsync(isUrgent: false, cancellationToken))
        {
            foreach (var id in ending)
            {
                if (await CloseAsync(turn.Db, id, now, cancellationToken))
                {
                    closed.Add(id);
                }
            }

            waiting = await TopUpAsync(turn.Db, closed, cancellationToken);
        }

        await events.PublishAsync(new BroadcastsChanged(closed), cancellationToken);
        if (waiting.Count > 0)
        {
            await events.PublishAsync(new PlansChanged(waiting), cancellationToken);
        }

        return closed.Count;
    }

    /// <summary>Those that may be over, seen without a turn: there are few, and mostly none.</summary>
    private async Task<List<long>> EndingAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var begun = await db.Broadcasts.AsNoTracking()
            .Where(b => b.Start <= now && (b.State == BroadcastState.Planned
                || (b.State == BroadcastState.Stopped && b.Targets.Any(t => t.State < TargetState.Played))))
            .Select(b => new { Broadcast = b, IsTold = !b.Targets.Any(t => t.State < TargetState.Played) })
            .ToListAsync(cancellationToken);
        return begun.FindAll(item => item.IsTold || item.Broadcast.IsOver(now - Grace)).ConvertAll(item => item.Broadcast.Id);
    }

    /// <summary>
    /// Ends one when every node has accounted for it, or when it is over: whoever is silent then is out of reach.
    /// </summary>
    /// <returns>False when it goes on.</returns>
    private static async Task<bool> CloseAsync(RadioDb db, long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var broadcast = await db.Broadcasts.SingleAsync(each => each.Id == id, cancellationToken);
        var open = db.Targets.Where(target => target.BroadcastId == id && target.State < TargetState.Played);
        if (!broadcast.IsOver(now - Grace) && await open.AnyAsync(cancellationToken))
        {
            return false;
        }

        // What was cut and did not go on in time was heard in part.
        await open.Where(target => target.Reason == ReceiptReason.Preempted).ExecuteUpdateAsync(
            set => set.SetProperty(target => target.State, TargetState.Interrupted), cancellationToken);
        await open.ExecuteUpdateAsync(
            set => set.SetProperty(target => target.State, TargetState.Unknown), cancellationToken);
        if (broadcast.State == BroadcastState.Planned)
        {
            broadcast.State = await db.Targets.AnyAsync(
                target => target.BroadcastId == id && target.StartedAt != null, cancellationToken)
                ? BroadcastState.Finished
                : BroadcastState.Missed;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Where a node has more to play than one plan holds, the place that came free is given to the next.</summary>
    /// <returns>Those nodes.</returns>
    private static async Task<List<string>> TopUpAsync(RadioDb db, List<long> ended, CancellationToken cancellationToken)
    {
        var nodes = db.Targets.Where(target => ended.Contains(target.BroadcastId)).Select(target => target.NodeId);
        var waiting = await db.Targets
            .Where(target => target.State < TargetState.Played && nodes.Contains(target.NodeId))
            .Join(db.Broadcasts.Where(b => b.State == BroadcastState.Planned), t => t.BroadcastId, b => b.Id, (t, b) => t.NodeId)
            .GroupBy(nodeId => nodeId)
            .Where(node => node.Count() >= Plan.MaxEntries)
            .Select(node => node.Key)
            .ToListAsync(cancellationToken);
        await PlanNumbers.RaiseAsync(db, waiting, cancellationToken);
        return waiting;
    }
}
