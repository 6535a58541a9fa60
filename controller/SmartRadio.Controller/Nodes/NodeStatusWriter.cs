using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Link.Usage;

namespace SmartRadio.Controller.Nodes;

/// <summary>
/// Every few seconds: counts silent nodes as off-line, and writes changed statuses, counts of rejected messages and data to the
/// database in one transaction.
/// </summary>
public sealed class NodeStatusWriter(
    NodeStatusCache board,
    RejectedLedger rejections,
    DataLedger data,
    WriteTurns turns,
    IOptions<NodeOptions> options,
    TimeProvider time,
    ILogger<NodeStatusWriter> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TrySaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchFleet, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            board.ExpireSilent(time.GetUtcNow() - options.Value.WatchSilence);
            await TrySaveAsync(stoppingToken);
        }
    }

    private async Task TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // Nothing is lost but history: the next heartbeat of each node brings its state again.
            logger.LogError(problem, "Node statuses could not be saved");
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var changed = board.TakeUnsaved();
        var counts = rejections.TakeUnsaved();
        var uses = data.TakeUnsaved();
        if (changed.Count == 0 && counts.Count == 0 && uses.Count == 0)
        {
            return;
        }

        try
        {
            await SaveAsync(changed, counts, uses, cancellationToken);
        }
        catch
        {
            // A status comes again with the next heartbeat; a count does not.
            rejections.Keep(counts);
            data.Keep(uses);
            throw;
        }
    }

    private async Task SaveAsync(
        IReadOnlyList<NodeStatus> changed, IReadOnlyList<RejectedCount> counts, IReadOnlyList<DataUse> uses,
        CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(isUrgent: false, cancellationToken);
        var db = turn.Db;
        var ids = changed.Select(status => status.NodeId).ToList();
        var known = await db.NodeStatuses.Where(s => ids.Contains(s.NodeId)).Select(s => s.NodeId)
            .ToHashSetAsync(cancellationToken);
        db.NodeStatuses.AddRange(changed.Where(status => !known.Contains(status.NodeId)));
        db.NodeStatuses.UpdateRange(changed.Where(status => known.Contains(status.NodeId)));
        var rejecting = counts.Select(count => count.NodeId).Distinct(StringComparer.Ordinal).ToList();
        var stored = await db.Rejections.Where(row => rejecting.Contains(row.NodeId))
            .Select(row => new { row.NodeId, row.By, row.Reason }).ToHashSetAsync(cancellationToken);
        foreach (var count in counts)
        {
            db.Entry(count).State = stored.Contains(new { count.NodeId, count.By, count.Reason })
                ? EntityState.Modified
                : EntityState.Added;
        }

        var months = uses.Select(use => use.Month).Distinct().ToList();
        var counted = await db.DataUses.Where(use => months.Contains(use.Month)).Select(use => new { use.NodeId, use.Month })
            .ToHashSetAsync(cancellationToken);
        foreach (var use in uses)
        {
            db.Entry(use).State = counted.Contains(new { use.NodeId, use.Month }) ? EntityState.Modified : EntityState.Added;
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
