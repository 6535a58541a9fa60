using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Nodes;

/// <summary>Sets a node's volume. It is part of the node's plan, so it reaches a node that is away when it returns.</summary>
public sealed class SetVolume(AuditedChanges changes)
{
    /// <param name="nodeId">The node.</param>
    /// <param name="percent">0 to 100.</param>
    /// <param name="actor">Who sets it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RefusedException">
    /// <see cref="NodeRefusal.VolumeOutOfRange"/>, <see cref="NodeRefusal.UnknownNode"/>.
    /// </exception>
    public Task HandleAsync(string nodeId, int percent, Actor actor, CancellationToken cancellationToken)
    {
        if (percent is < 0 or > 100)
        {
            throw new RefusedException(NodeRefusal.VolumeOutOfRange, percent);
        }

        return changes.ApplyAsync(actor, Right.Operate, "node.volume", async (change, token) =>
        {
            var node = await change.Db.Nodes.InServiceAsync(nodeId, token);
            change.At(node.AreaId);
            node.Volume = percent;
            await change.Db.SaveChangesAsync(token);
            await PlanNumbers.RaiseAsync(change, [nodeId], token);
            change.Happens(new NodeChanged(nodeId));
            return change.Report(node, $"node {nodeId}", new { percent });
        }, cancellationToken);
    }
}
