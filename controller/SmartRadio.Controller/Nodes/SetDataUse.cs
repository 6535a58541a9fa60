using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Nodes;

/// <param name="NodeId">The node.</param>
/// <param name="LowData">Sounds ahead of time come by night and in the smallest codec.</param>
/// <param name="MegabytesAMonth">10^6 bytes, 10 to 1,000,000; null = as many as it takes.</param>
public sealed record SetDataUseRequest(string NodeId, bool LowData, int? MegabytesAMonth);

/// <summary>
/// Sets how sparing a node is with data, for a line that is paid by the megabyte. <see cref="Delivery.Plans.NightDelivery"/> acts
/// on it within a minute.
/// </summary>
public sealed class SetDataUse(AuditedChanges changes)
{
    /// <summary>Least megabytes a month: clock, plans and receipts alone take a few.</summary>
    public const int Least = 10;

    public const int Most = 1_000_000;

    private const long Megabyte = 1_000_000;

    /// <exception cref="RefusedException">
    /// <see cref="NodeRefusal.DataBudgetOutOfRange"/>, <see cref="NodeRefusal.UnknownNode"/>.
    /// </exception>
    public Task HandleAsync(SetDataUseRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (request.MegabytesAMonth is { } megabytes and (< Least or > Most))
        {
            throw new RefusedException(NodeRefusal.DataBudgetOutOfRange, megabytes, Least, Most);
        }

        return changes.ApplyAsync(actor, Right.Administer, "node.data", async (change, token) =>
        {
            var node = await change.Db.Nodes.InServiceAsync(request.NodeId, token);
            change.At(node.AreaId);
            node.LowData = request.LowData;
            await SetBudgetAsync(change.Db, request, token);
            change.Happens(new DataBudgetSet(node.Id, request.MegabytesAMonth * Megabyte));
            return change.Report(node, $"node {node.Id}", new { request.LowData, request.MegabytesAMonth });
        }, cancellationToken);
    }

    private static async Task SetBudgetAsync(RadioDb db, SetDataUseRequest request, CancellationToken cancellationToken)
    {
        var budget = await db.DataBudgets.FindAsync([request.NodeId], cancellationToken);
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
