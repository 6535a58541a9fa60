using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Ends broadcasts that are over: accounted for by every node, or so long past that whoever is silent counts as out of reach.
/// </summary>
public sealed class BroadcastCloser(
    IDbContextFactory<RadioDb> databases,
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
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Targets are read only of what may end: a broadcast on air has thousands of them.
        var begun = await db.Broadcasts
            .Where(b => b.Start <= now && (b.State == BroadcastState.Planned
                || (b.State == BroadcastState.Stopped && b.Targets.Any(t => t.State < TargetState.Played))))
            .Select(b => new { Broadcast = b, IsTold = !b.Targets.Any(t => t.State < TargetState.Played) })
            .ToListAsync(cancellationToken);
        var ending = begun.FindAll(item => item.IsTold || item.Broadcast.IsOver(now - Grace))
            .ConvertAll(item => item.Broadcast.Id);
        if (ending.Count == 0)
        {
            return 0;
        }

        await db.Targets.Where(target => ending.Contains(target.BroadcastId)).LoadAsync(cancellationToken);
        var closed = begun.ConvertAll(item => item.Broadcast)
            .FindAll(broadcast => ending.Contains(broadcast.Id) && broadcast.Close(now - Grace));
        await db.SaveChangesAsync(cancellationToken);
        await TopUpAsync(db, closed.SelectMany(broadcast => broadcast.Targets), cancellationToken);
        await events.PublishAsync(new BroadcastsChanged(closed.ConvertAll(broadcast => broadcast.Id)), cancellationToken);
        return closed.Count;
    }

    /// <summary>Where a node has more to play than one plan holds, the place that came free is given to the next.</summary>
    private async Task TopUpAsync(RadioDb db, IEnumerable<Target> ended, CancellationToken cancellationToken)
    {
        var nodes = ended.Select(target => target.NodeId).Distinct(StringComparer.Ordinal).ToList();
        var waiting = await db.Targets
            .Where(target => nodes.Contains(target.NodeId) && target.State < TargetState.Played)
            .Join(db.Broadcasts.Where(b => b.State == BroadcastState.Planned), t => t.BroadcastId, b => b.Id, (t, b) => t.NodeId)
            .GroupBy(nodeId => nodeId)
            .Where(node => node.Count() >= Plan.MaxEntries)
            .Select(node => node.Key)
            .ToListAsync(cancellationToken);
        if (waiting.Count > 0)
        {
            await PlanNumbers.RaiseAsync(db, waiting, cancellationToken);
            await events.PublishAsync(new PlansChanged(waiting), cancellationToken);
        }
    }
}
