using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Plans;

namespace SmartRadio.Controller.Nodes;

/// <summary>Sets a node's volume. It is part of the node's plan, so it reaches a node that is away when it returns.</summary>
public sealed class SetVolume(AuditedChanges changes, PlanSync plans, ChangeFeed feed)
{
    /// <param name="nodeId">The node.</param>
    /// <param name="percent">0 to 100.</param>
    /// <param name="actor">Who sets it.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task HandleAsync(string nodeId, int percent, Actor actor, CancellationToken cancel)
    {
        if (percent is < 0 or > 100)
        {
            throw new RefusedException(Refusal.VolumeOutOfRange, percent);
        }

        await changes.ApplyAsync(
            actor,
            "node.volume",
            async (db, token) =>
            {
                var node = await db.Nodes.FirstOrDefaultAsync(n => n.Id == nodeId && n.RevokedAt == null, token)
                    ?? throw new RefusedException(Refusal.UnknownNode, nodeId);
                node.Volume = percent;
                node.PlanNumber++;
                return new ChangeReport<Node>(node, $"node {nodeId}", new { percent });
            },
            cancel);
        plans.Send([nodeId]);
        feed.Changed(Feed.Fleet);
    }
}
