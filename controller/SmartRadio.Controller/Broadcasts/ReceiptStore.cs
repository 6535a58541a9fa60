using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Stores receipts and what follows from them for the broadcast, and only then acknowledges them: a node keeps what is not
/// acknowledged and sends it again.
/// </summary>
public sealed class ReceiptStore(
    WriteTurns turns,
    WriteAheadLog log,
    CommandSender commands,
    NodeRejections rejections,
    Events events,
    IOptions<BroadcastOptions> options,
    TimeProvider time,
    ILogger<ReceiptStore> logger) : BackgroundService, IUpHandler
{
    private const int BatchSize = 200;

    // What does not fit is not acknowledged and comes again.
    private readonly Channel<(NodeKeyring Node, ReceiptReport Report)> _reports =
        Channel.CreateBounded<(NodeKeyring, ReceiptReport)>(
            new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    // Number of the last receipt stored of each node heard in this run.
    private readonly Dictionary<string, long> _newest = new(StringComparer.Ordinal);

    public UpType Type => UpType.Receipts;

    /// <summary>Takes a report in; it is stored soon.</summary>
    public ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken)
    {
        if (ReceiptReport.Read(message.Envelope.Body) is not { } report)
        {
            return new(false);
        }

        _reports.Writer.TryWrite((message.Node, report));
        return new(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<(NodeKeyring Node, ReceiptReport Report)>();
        while (await _reports.Reader.WaitToReadAsync(stoppingToken))
        {
            // Who has gathered a whole batch already has nothing to wait for.
            if (options.Value.WatchReceipts > TimeSpan.Zero && _reports.Reader.Count < BatchSize)
            {
                await Task.Delay(options.Value.WatchReceipts, time, stoppingToken);
            }

            batch.Clear();
            while (batch.Count < BatchSize && _reports.Reader.TryRead(out var report))
            {
                batch.Add(report);
            }

            try
            {
                await StoreAsync(batch, stoppingToken);
                await log.FlushAsync();
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // Perhaps there is more in the database than is known here.
                _newest.Clear();
                logger.LogError(
                    problem, "{Count} receipt reports could not be stored; their nodes will send them again", batch.Count);
                continue;
            }

            foreach (var (node, report) in batch)
            {
                commands.Reply(
                    node, CommandType.ReceiptAck,
                    new ReceiptAck { First = report.Receipts[0].Number, Last = report.Receipts[^1].Number }.Write());
            }

            await events.PublishAsync(new BroadcastsChanged(BroadcastsOf(batch)), stoppingToken);
        }
    }

    private async Task StoreAsync(List<(NodeKeyring Node, ReceiptReport Report)> batch, CancellationToken cancellationToken)
    {
        // Receipts can wait for what warns or stops.
        await using var turn = await turns.TakeAsync(isUrgent: false, cancellationToken);
        var db = turn.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var nodes = batch.Select(item => item.Node.NodeId).Distinct(StringComparer.Ordinal).ToList();
        var broadcasts = BroadcastsOf(batch);
        var targets = broadcasts.Count == 0
            ? []
            : await db.Targets.Where(target => broadcasts.Contains(target.BroadcastId) && nodes.Contains(target.NodeId))
                .ToDictionaryAsync(target => (target.BroadcastId, target.NodeId), cancellationToken);
        var classes = await db.Broadcasts.Where(broadcast => broadcasts.Contains(broadcast.Id))
            .ToDictionaryAsync(broadcast => broadcast.Id, broadcast => broadcast.Class, cancellationToken);
        var stored = await StoredAsync(db, nodes, batch, cancellationToken);
        var added = new List<ReceiptRow>();
        foreach (var (node, report) in batch)
        {
            foreach (var receipt in report.Receipts.Where(receipt => stored.Add((node.NodeId, receipt.Number))))
            {
                added.Add(Row(node.NodeId, receipt, now));
                if (targets.TryGetValue((receipt.Broadcast, node.NodeId), out var target))
                {
                    target.Apply(receipt, Broadcast.Resumes(classes[receipt.Broadcast]));
                }
            }
        }

        db.Receipts.AddRange(added);
        await db.SaveChangesAsync(cancellationToken);
        await CorrectAsync(
            db, [.. targets.Values.Where(target => target.StartedAt is not null).Select(target => target.BroadcastId).Distinct()],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        added.ForEach(row => _newest[row.NodeId] = Math.Max(_newest.GetValueOrDefault(row.NodeId), row.Number));
        // With a broadcast it is about that broadcast and stands there.
        added.FindAll(row => row is { Step: ReceiptStep.Rejected, BroadcastId: 0 })
            .ForEach(row => rejections.Heard(row.NodeId, row.Reason, row.StoredAt));
    }

    private static List<long> BroadcastsOf(List<(NodeKeyring Node, ReceiptReport Report)> batch) =>
        [.. batch.SelectMany(item => item.Report.Receipts).Select(receipt => receipt.Broadcast).Where(id => id != 0).Distinct()];

    /// <summary>
    /// Which of these receipts came before: none of a node whose stored ones all have lower numbers, as is usual.
    /// </summary>
    private async Task<HashSet<(string NodeId, long Number)>> StoredAsync(
        RadioDb db, List<string> nodes, List<(NodeKeyring Node, ReceiptReport Report)> batch, CancellationToken cancellationToken)
    {
        if (nodes.FindAll(node => !_newest.ContainsKey(node)) is { Count: > 0 } unheard)
        {
            var found = await db.Nodes.Where(node => unheard.Contains(node.Id))
                .Select(
                    node => new
                    {
                        node.Id,
                        Number = db.Receipts.Where(row => row.NodeId == node.Id)
                        .Max(row => (long?)row.Number)
                    })
                .ToListAsync(cancellationToken);
            found.ForEach(node => _newest[node.Id] = node.Number ?? 0);
        }

        var old = batch.SelectMany(item => item.Report.Receipts
            .Where(receipt => receipt.Number <= _newest.GetValueOrDefault(item.Node.NodeId))
            .Select(receipt => (item.Node.NodeId, receipt.Number))).ToHashSet();
        if (old.Count == 0)
        {
            return old;
        }

        var ids = old.Select(receipt => receipt.NodeId).Distinct(StringComparer.Ordinal).ToList();
        var numbers = old.Select(receipt => receipt.Number).Distinct().ToList();
        var stored = await db.Receipts.Where(row => ids.Contains(row.NodeId) && numbers.Contains(row.Number))
            .Select(row => new { row.NodeId, row.Number }).ToListAsync(cancellationToken);
        return stored.ConvertAll(row => (row.NodeId, row.Number)).ToHashSet();
    }

    /// <summary>A broadcast that everyone seemed to have missed was played after all, by a node that was out of reach.</summary>
    private static async Task CorrectAsync(RadioDb db, List<long> begun, CancellationToken cancellationToken)
    {
        if (begun.Count > 0)
        {
            await db.Broadcasts.Where(broadcast => begun.Contains(broadcast.Id) && broadcast.State == BroadcastState.Missed)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(broadcast => broadcast.State, BroadcastState.Finished), cancellationToken);
        }
    }

    private static ReceiptRow Row(string nodeId, Receipt receipt, DateTimeOffset now) => new()
    {
        NodeId = nodeId,
        Number = receipt.Number,
        BroadcastId = receipt.Broadcast,
        Step = receipt.Step,
        Reason = receipt.Reason,
        Instant = UnixTime.FromUnix(receipt.Instant),
        Samples = receipt.Samples,
        StoredAt = now,
    };
}
