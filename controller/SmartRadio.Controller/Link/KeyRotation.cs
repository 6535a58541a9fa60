using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Link;

/// <summary>
/// Brings a node its next secret, as often as it takes, and makes it the present one when the node has used it.
/// </summary>
public sealed class KeyRotation(IDbContextFactory<RadioDb> databases, NodeSecrets secrets, CommandSender commands, Events events)
    : IReactTo<NodeKeysChanged>
{
    // What was not obeyed in this time is said again when the node is heard.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>Sends a node its next secret if it has one coming.</summary>
    public async Task SendAsync(string nodeId, CancellationToken cancellationToken)
    {
        if (await secrets.FindAsync(nodeId, cancellationToken) is { Next: { } next } node)
        {
            commands.Send(
                node, CommandType.Rotate,
                counter => new RotateCommand { KeyId = next.KeyId, WrappedSecret = secrets.Wrap(node, next, counter) }.Write(),
                Lifetime);
        }
    }

    public Task ReactAsync(NodeKeysChanged happened, CancellationToken cancellationToken) =>
        happened.Change == KeyChange.Rotating ? SendAsync(happened.NodeId, cancellationToken) : Task.CompletedTask;

    /// <summary>The node has used its next secret: from now on there is no other.</summary>
    /// <returns>Its keys as they are now; null when it was revoked meanwhile.</returns>
    public async Task<NodeKeyring?> ConfirmAsync(string nodeId, byte keyId, CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var next = await db.Rotations.FirstOrDefaultAsync(
                rotation => rotation.NodeId == nodeId && rotation.KeyId == keyId, cancellationToken);
            if (next is not null && await db.NodeKeys.FindAsync([nodeId], cancellationToken) is { RevokedAt: null } key)
            {
                key.ProtectedSecret = next.ProtectedSecret;
                key.KeyId = next.KeyId;
                db.Rotations.Remove(next);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }

        await events.PublishAsync(new NodeKeysChanged(nodeId, KeyChange.Rotated), cancellationToken);
        return await secrets.FindAsync(nodeId, cancellationToken);
    }
}
