using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Delivery.Plans;

/// <summary>
/// Plans of nodes that spare data leave out what is to be fetched by night; this sends them whole when the night begins, and anew
/// when a node's data budget is used up or there is one again.
/// </summary>
public sealed class NightDelivery(
    IDbContextFactory<RadioDb> databases,
    BroadcastMaker broadcasts,
    DataLedger data,
    NightHours night,
    PlanSync plans,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<NightDelivery> logger) : BackgroundService
{
    private HashSet<string> _thrifty = new(StringComparer.Ordinal);
    private DateTimeOffset _horizon;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchNight, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "What is fetched by night could not be looked through; tried again soon");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var horizon = night.Horizon(now);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var nodes = await db.Nodes.AsNoTracking().Where(node => node.RevokedAt == null)
            .Select(node => new { node.Id, node.LowData }).ToListAsync(cancellationToken);
        var thrifty = nodes.Where(node => data.IsThrifty(node.Id, node.LowData)).Select(node => node.Id)
            .ToHashSet(StringComparer.Ordinal);
        var changed = thrifty.Except(_thrifty).Concat(_thrifty.Except(thrifty)).ToHashSet(StringComparer.Ordinal);
        // Unless a night has begun, only what has changed can be due.
        var concerned = horizon > _horizon ? thrifty.Union(changed).ToHashSet(StringComparer.Ordinal) : changed;
        if (concerned.Count > 0)
        {
            var waiting = await (
                from target in db.Targets.AsNoTracking()
                where concerned.Contains(target.NodeId) && target.State == TargetState.Waiting
                join broadcast in db.Broadcasts on target.BroadcastId equals broadcast.Id
                where broadcast.State == BroadcastState.Planned && broadcast.Class != BroadcastClass.Emergency
                    && broadcast.LatestStart > now
                select new { target.NodeId, broadcast.Start }).ToListAsync(cancellationToken);
            var due = waiting
                .Where(item => changed.Contains(item.NodeId) || (item.Start >= _horizon && item.Start < horizon))
                .Select(item => item.NodeId)
                .ToHashSet(StringComparer.Ordinal);
            await SendAsync(db, due, changed, cancellationToken);
        }

        _thrifty = thrifty;
        _horizon = horizon;
    }

    private async Task SendAsync(RadioDb db, HashSet<string> due, HashSet<string> changed, CancellationToken cancellationToken)
    {
        if (due.Count == 0)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await broadcasts.ChooseSoundsAsync(
            db, await db.Nodes.Where(node => due.Contains(node.Id) && changed.Contains(node.Id)).ToListAsync(cancellationToken),
            cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await PlanNumbers.RaiseAsync(db, due, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        plans.Send(due);
    }
}
