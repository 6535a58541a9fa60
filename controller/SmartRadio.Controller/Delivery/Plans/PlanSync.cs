using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Controller.Delivery.Plans;

/// <summary>
/// Keeps each node's copy of its plan the newest. Whoever changes what a node should hold raises its plan number in the same
/// transaction and calls <see cref="Send"/>; a node that reports another number than its newest is sent the plan again, so a
/// lost command, a restart or a long absence heal by themselves.
/// </summary>
public sealed class PlanSync(
    IDbContextFactory<RadioDb> databases,
    PlanComposer composer,
    CommandSender commands,
    TimeProvider time,
    ILogger<PlanSync> logger) : BackgroundService, IReactTo<PlansChanged>, IReactTo<PlanReported>, IReactTo<NodeKeysChanged>
{
    // A plan is whole, so an old one does no harm; it is rejected by its counter and number, not by its age.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // While a plan is on its way the node still reports the old number.
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(5);

    private const int BatchSize = 200;

    private readonly Channel<string> _due = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, byte> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long Number, DateTimeOffset At)> _sent = new(StringComparer.Ordinal);

    /// <summary>Sends these nodes their newest plans soon.</summary>
    public void Send(IEnumerable<string> nodeIds)
    {
        foreach (var nodeId in nodeIds)
        {
            Queue(nodeId);
        }
    }

    public Task ReactAsync(PlansChanged happened, CancellationToken cancellationToken)
    {
        Send(happened.NodeIds);
        return Task.CompletedTask;
    }

    /// <summary>A node says which plan it holds.</summary>
    public Task ReactAsync(PlanReported happened, CancellationToken cancellationToken)
    {
        var (nodeId, number, fresh) = happened;
        _held[nodeId] = number;
        var current = _sent.TryGetValue(nodeId, out var sent) && sent.Number == number;
        if (!current && (fresh || time.GetUtcNow() - sent.At > RepeatAfter))
        {
            Queue(nodeId);
        }

        return Task.CompletedTask;
    }

    /// <summary>The first command under new keys is the plan: upon it the node forgets the old ones.</summary>
    public Task ReactAsync(NodeKeysChanged happened, CancellationToken cancellationToken)
    {
        if (happened.Change == KeyChange.Rotated)
        {
            Send([happened.NodeId]);
        }

        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new HashSet<string>(StringComparer.Ordinal);
        while (await _due.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < BatchSize && _due.Reader.TryRead(out var nodeId))
            {
                batch.Add(nodeId);
                // Whatever changes from here on is a reason to send again.
                _waiting.TryRemove(nodeId, out _);
            }

            try
            {
                await SendBatchAsync(batch, stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The nodes' next heartbeats ask again.
                logger.LogError(problem, "Plans for {Count} nodes could not be sent", batch.Count);
            }
        }
    }

    // A week of repeats raises the same plan numbers hundreds of times: the newest plan is sent once, and an emergency's is not
    // late.
    private void Queue(string nodeId)
    {
        if (_waiting.TryAdd(nodeId, 0))
        {
            _due.Writer.TryWrite(nodeId);
        }
    }

    private async Task SendBatchAsync(IReadOnlySet<string> nodeIds, CancellationToken cancellationToken)
    {
        // Until the newer plan is really on its way, a node that reports its old number must not count as served.
        foreach (var nodeId in nodeIds)
        {
            _sent.TryRemove(nodeId, out _);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var plans = await composer.ComposeAsync(db, nodeIds, cancellationToken);
        if (await CatchUpAsync(db, plans, cancellationToken))
        {
            plans = await composer.ComposeAsync(db, nodeIds, cancellationToken);
        }

        foreach (var (nodeId, plan) in plans)
        {
            if (await commands.SendAsync(nodeId, CommandType.Plan, plan.Write(), Lifetime, cancellationToken))
            {
                _sent[nodeId] = (plan.Number, time.GetUtcNow());
            }
        }
    }

    /// <summary>
    /// A node that holds a later plan than was ever made here was told by a database that is gone: this one is an older copy of
    /// it. Its next plan must count above that, or the node would ignore it; and so must broadcasts, whose numbers nodes know.
    /// </summary>
    /// <returns>True when a plan number was raised.</returns>
    private async Task<bool> CatchUpAsync(
        RadioDb db, IReadOnlyDictionary<string, Plan> plans, CancellationToken cancellationToken)
    {
        var raised = false;
        foreach (var (nodeId, plan) in plans)
        {
            // Above the largest number on the wire there is none that could be sent.
            if (!_held.TryRemove(nodeId, out var held) || held <= plan.Number || held >= uint.MaxValue)
            {
                continue;
            }

            var behind = await db.Nodes.Where(node => node.Id == nodeId && node.PlanNumber < held)
                .ExecuteUpdateAsync(set => set.SetProperty(node => node.PlanNumber, held + 1), cancellationToken);
            if (behind > 0)
            {
                // Seconds outrun any number of broadcasts that were ever made.
                var seconds = time.GetUtcNow().ToUnixTimeSeconds();
                await db.RaiseBroadcastIdsAsync(seconds, cancellationToken);
                logger.LogWarning(
                    "Node {Node} holds plan {Held}, made by a newer database than this: it is sent a later one", nodeId, held);
                raised = true;
            }
        }

        return raised;
    }
}
