using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Controller.Nodes;

/// <summary>
/// Takes a node out of service at once and for good: its connection is closed, whatever it sends is refused, and no audience
/// holds it again. What it was told before and has played stays as proof.
/// </summary>
/// <param name="changes">Writes and audits it.</param>
/// <param name="secrets">Forgets the node's keys.</param>
/// <param name="board">Shows it as gone.</param>
/// <param name="feed">Tells the pages.</param>
/// <param name="time">Dates it.</param>
/// <param name="embedded">Where its connection is closed. With another broker there is none: the node stays connected there, unheard.</param>
public sealed class RevokeNode(
    AuditedChanges changes, NodeSecrets secrets, NodeStatusCache board, ChangeFeed feed, TimeProvider time, EmbeddedBroker? embedded = null)
{
    /// <exception cref="RefusedException"><see cref="Refusal.UnknownNode"/>, <see cref="Refusal.NodeRevoked"/>.</exception>
    public async Task HandleAsync(string nodeId, Actor actor, CancellationToken cancel)
    {
        await changes.ApplyAsync(
            actor,
            "node.revoke",
            async (db, token) =>
            {
                var node = await db.Nodes.FindAsync([nodeId], token) ?? throw new RefusedException(Refusal.UnknownNode, nodeId);
                if (node.RevokedAt is not null)
                {
                    throw new RefusedException(Refusal.NodeRevoked);
                }

                node.RevokedAt = time.GetUtcNow();
                // Nobody needs it any more, so nobody shall find it.
                node.ProtectedSecret = [];
                await db.Rotations.Where(rotation => rotation.NodeId == nodeId).ExecuteDeleteAsync(token);
                await db.EnrolmentCodes.Where(code => code.NodeId == nodeId && code.UsedAt == null).ExecuteDeleteAsync(token);
                return new ChangeReport<Node>(node, $"node {nodeId}", new { node.Name });
            },
            cancel);
        secrets.Forget(nodeId);
        embedded?.Disconnect(nodeId);
        board.Present(nodeId, online: false, time.GetUtcNow());
        feed.Changed(Feed.Fleet);
        feed.Changed(Feed.Broadcasts);
    }
}
