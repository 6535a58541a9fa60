using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Nodes;

/// <summary>Every change of what a node should hold raises its plan number, in the same transaction.</summary>
public sealed class PlanNumbers : ITakePartIn<AreaRulesSet>
{
    /// <summary>Raises the numbers and says that these nodes have newer plans.</summary>
    public static async Task RaiseAsync(Change change, IEnumerable<string> nodeIds, CancellationToken cancellationToken)
    {
        var ids = nodeIds.ToList();
        await RaiseAsync(change.Db, ids, cancellationToken);
        change.Happens(new PlansChanged(ids));
    }

    /// <summary>The same outside the door; whoever calls it publishes <see cref="PlansChanged"/> after the commit.</summary>
    public static Task RaiseAsync(RadioDb db, IReadOnlyCollection<string> nodeIds, CancellationToken cancellationToken) =>
        db.Nodes.Where(node => nodeIds.Contains(node.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(node => node.PlanNumber, node => node.PlanNumber + 1), cancellationToken);

    /// <summary>Plans carry the rules: all nodes below the area are to hold newer ones.</summary>
    public async Task TakePartAsync(Change change, AreaRulesSet happening, CancellationToken cancellationToken)
    {
        var areas = (await AreaQuery.LoadAsync(change.Db, cancellationToken)).WithDescendants([happening.AreaId]).ToList();
        var nodes = await change.Db.Nodes.Where(node => node.RevokedAt == null && areas.Contains(node.AreaId))
            .Select(node => node.Id).ToListAsync(cancellationToken);
        await RaiseAsync(change, nodes, cancellationToken);
    }
}
