using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Fleet;
using SmartRadio.Controller.Storage;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Delivery;

/// <summary>
/// Stores receipts and what follows from them for the broadcast, and only then acknowledges them: a node keeps what is not
/// acknowledged and sends it again.
/// </summary>
public sealed class ReceiptBook(
    IDbContextFactory<RadioDb> databases,
    CommandSender commands,
    NodeRefusals refusals,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<ReceiptBook> logger) : BackgroundService
{
    private const int BatchSize = 200;

    // What does not fit is not acknowledged and comes again.
    private readonly Channel<(NodeKeyring Node, ReceiptReport Report)> _reports =
        Channel.CreateBounded<(NodeKeyring, ReceiptReport)>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Takes a report in; it is stored soon.</summary>
    public void Store(NodeKeyring node, ReceiptReport report) => _reports.Writer.TryWrite((node, report));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<(NodeKeyring Node, ReceiptReport Report)>();
        while (await _reports.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < BatchSize && _reports.Reader.TryRead(out var report))
            {
                batch.Add(report);
            }

            try
            {
                await StoreAsync(batch, stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "{Count} receipt reports could not be stored; their nodes will send them again", batch.Count);
                continue;
            }

            foreach (var (node, report) in batch)
            {
                commands.Reply(node, CommandType.ReceiptAck, new ReceiptAck { First = report.Receipts[0].Number, Last = report.Receipts[^1].Number }.Write());
            }

            feed.Changed(Feed.Broadcasts);
        }
    }

    private async Task StoreAsync(List<(NodeKeyring Node, ReceiptReport Report)> batch, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = time.GetUtcNow();
        var added = new List<ReceiptRow>();
        foreach (var (node, report) in batch)
        {
            var numbers = report.Receipts.Select(receipt => receipt.Number).ToList();
            var stored = await db.Receipts.Where(row => row.NodeId == node.NodeId && numbers.Contains(row.Number))
                .Select(row => row.Number).ToHashSetAsync(cancel);
            foreach (var receipt in report.Receipts.Where(receipt => stored.Add(receipt.Number)))
            {
                var row = Row(node.NodeId, receipt, now);
                db.Receipts.Add(row);
                added.Add(row);
                if (await db.Targets.FindAsync([receipt.Broadcast, node.NodeId], cancel) is { } target)
                {
                    target.Apply(receipt);
                    await CorrectAsync(db, target, cancel);
                }
            }

            // The next report of the same node in this batch must see these rows.
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        added.ForEach(refusals.Heard);
    }

    /// <summary>A broadcast that everyone seemed to have missed was played after all, by a node that was out of reach.</summary>
    private static async Task CorrectAsync(RadioDb db, Target target, CancellationToken cancel)
    {
        if (target.StartedAt is not null
            && await db.Broadcasts.FindAsync([target.BroadcastId], cancel) is { State: BroadcastState.Missed } broadcast)
        {
            broadcast.State = BroadcastState.Finished;
        }
    }

    private static ReceiptRow Row(string nodeId, Receipt receipt, DateTimeOffset now) => new()
    {
        NodeId = nodeId,
        Number = receipt.Number,
        BroadcastId = receipt.Broadcast,
        Step = receipt.Step,
        Reason = receipt.Reason,
        Instant = Instants.FromUnix(receipt.Instant),
        Samples = receipt.Samples,
        StoredAt = now,
    };
}
