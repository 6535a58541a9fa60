using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;

namespace SmartRadio.Controller.Nodes;

/// <summary>
/// Gives a node a new secret. The old one stays good until the node has used the new, however long that takes; asked for again
/// before, it is the same new secret that is sent again, for the node may already hold it.
/// </summary>
public sealed class RotateSecret(AuditedChanges changes, NodeSecrets secrets, TimeProvider time)
{
    /// <exception cref="RefusedException"><see cref="NodeRefusal.UnknownNode"/>.</exception>
    public Task HandleAsync(string nodeId, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "node.rotate", async (change, token) =>
        {
            var node = await change.Db.Nodes.InServiceAsync(nodeId, token);
            change.At(node.AreaId);
            if (await change.Db.Rotations.FindAsync([nodeId], token) is not { } next)
            {
                var key = await change.Db.NodeKeys.SingleAsync(row => row.NodeId == nodeId, token);
                next = new NodeRotation
                {
                    NodeId = nodeId,
                    KeyId = unchecked((byte)(key.KeyId + 1)),
                    ProtectedSecret = secrets.Create().Protected,
                    BegunAt = time.GetUtcNow(),
                };
                change.Db.Rotations.Add(next);
            }

            change.Happens(new NodeKeysChanged(nodeId, KeyChange.Rotating));
            return change.Report(nodeId, $"node {nodeId}", new { next.KeyId });
        }, cancellationToken);
}
