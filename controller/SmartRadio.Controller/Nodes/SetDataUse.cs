using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Nodes;

/// <param name="NodeId">The node.</param>
/// <param name="LowData">Sounds ahead of time come by night and in the smallest codec.</param>
/// <param name="MegabytesAMonth">10^6 bytes, 10 to 1,000,000; null = as many as it takes.</param>
public sealed record SetDataUseRequest(string NodeId, bool LowData, int? MegabytesAMonth);

/// <summary>
/// Sets how sparing a node is with data, for a line that is paid by the megabyte. <see cref="Delivery.Plans.NightDelivery"/> acts on it
/// within a minute.
/// </summary>
public sealed class SetDataUse(AuditedChanges changes, DataLedger data, ChangeFeed feed)
{
    /// <summary>Least megabytes a month: clock, plans and receipts alone take a few.</summary>
    public const int Least = 10;

    public const int Most = 1_000_000;

    private const long Megabyte = 1_000_000;

    /// <exception cref="RefusedException"><see cref="Refusal.DataBudgetOutOfRange"/>, <see cref="Refusal.UnknownNode"/>.</exception>
    public async Task HandleAsync(SetDataUseRequest request, Actor actor, CancellationToken cancel)
    {
        if (request.MegabytesAMonth is { } megabytes and (< Least or > Most))
        {
            throw new RefusedException(Refusal.DataBudgetOutOfRange, megabytes, Least, Most);
        }

        await changes.ApplyAsync(
            actor,
            "node.data",
            async (db, token) =>
            {
                var node = await db.Nodes.FirstOrDefaultAsync(n => n.Id == request.NodeId && n.RevokedAt == null, token)
                    ?? throw new RefusedException(Refusal.UnknownNode, request.NodeId);
                node.LowData = request.LowData;
                await SetBudgetAsync(db, request, token);
                return new ChangeReport<Node>(node, $"node {node.Id}", new { request.LowData, request.MegabytesAMonth });
            },
            cancel);
        data.Of(request.NodeId).Budget = request.MegabytesAMonth * Megabyte;
        feed.Changed(Feed.Fleet);
    }

    private static async Task SetBudgetAsync(RadioDb db, SetDataUseRequest request, CancellationToken cancel)
    {
        var budget = await db.DataBudgets.FindAsync([request.NodeId], cancel);
        if (request.MegabytesAMonth is not { } megabytes)
        {
            db.DataBudgets.RemoveRange(budget is null ? [] : [budget]);
        }
        else if (budget is null)
        {
            db.DataBudgets.Add(new DataBudget { NodeId = request.NodeId, Bytes = megabytes * Megabyte });
        }
        else
        {
            budget.Bytes = megabytes * Megabyte;
        }
    }
}
