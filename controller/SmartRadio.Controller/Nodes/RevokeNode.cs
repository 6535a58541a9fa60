using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;

namespace SmartRadio.Controller.Nodes;

/// <summary>
/// Takes a node out of service at once and for good: its connection is closed, whatever it sends is rejected, and no audience
/// holds it again. What it was told before and has played stays as proof.
/// </summary>
public sealed class RevokeNode(AuditedChanges changes, TimeProvider time)
{
    /// <exception cref="RefusedException">
    /// <see cref="NodeRefusal.UnknownNode"/>, <see cref="NodeRefusal.NodeRevoked"/>.
    /// </exception>
    public Task HandleAsync(string nodeId, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "node.revoke", async (change, token) =>
        {
            var node = await change.Db.Nodes.FindAsync([nodeId], token)
                ?? throw new RefusedException(NodeRefusal.UnknownNode, nodeId);
            change.At(node.AreaId);
            if (node.RevokedAt is not null)
            {
                throw new RefusedException(NodeRefusal.NodeRevoked);
            }

            node.RevokedAt = time.GetUtcNow();
            var key = await change.Db.NodeKeys.SingleAsync(row => row.NodeId == nodeId, token);
            key.RevokedAt = node.RevokedAt;
            // Nobody needs it any more, so nobody shall find it.
            key.ProtectedSecret = [];
            await change.Db.Rotations.Where(rotation => rotation.NodeId == nodeId).ExecuteDeleteAsync(token);
            change.Happens(new NodeKeysChanged(nodeId, KeyChange.Revoked));
            return change.Report(node, $"node {nodeId}", new { node.Name });
        }, cancellationToken);
}
