using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;

namespace SmartRadio.Controller.Nodes;

/// <summary>
/// Gives a node a new secret. The old one stays good until the node has used the new, however long that takes; asked for again
/// before, it is the same new secret that is sent again, for the node may already hold it.
/// </summary>
public sealed class RotateSecret(AuditedChanges changes, NodeSecrets secrets, KeyRotation rotation, ChangeFeed feed, TimeProvider time)
{
    /// <exception cref="RefusedException"><see cref="Refusal.UnknownNode"/>.</exception>
    public async Task HandleAsync(string nodeId, Actor actor, CancellationToken cancel)
    {
        await changes.ApplyAsync(
            actor,
            "node.rotate",
            async (db, token) =>
            {
                var node = await db.Nodes.FirstOrDefaultAsync(n => n.Id == nodeId && n.RevokedAt == null, token)
                    ?? throw new RefusedException(Refusal.UnknownNode, nodeId);
                if (await db.Rotations.FindAsync([nodeId], token) is not { } next)
                {
                    next = new NodeRotation
                    {
                        NodeId = nodeId,
                        KeyId = unchecked((byte)(node.KeyId + 1)),
                        ProtectedSecret = secrets.Create().Protected,
                        BegunAt = time.GetUtcNow(),
                    };
                    db.Rotations.Add(next);
                }

                return new ChangeReport<string>(nodeId, $"node {nodeId}", new { next.KeyId });
            },
            cancel);
        secrets.Forget(nodeId);
        await rotation.SendAsync(nodeId, cancel);
        feed.Changed(Feed.Fleet);
    }
}
