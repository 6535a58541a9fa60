using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Nodes.Enrolment;

/// <summary>Makes a device the node of its code, exactly once. The secret is made now: nobody has seen it before.</summary>
public sealed class RedeemEnrolmentCode(
    IDbContextFactory<RadioDb> databases, AuditedChanges changes, EnrolmentCodeHash hashes, NodeSecrets secrets,
    NodeStatusCache board, TimeProvider time)
{
    /// <summary>
    /// Whether a code can be traded now. Looking costs one read; trading holds the database's one write lock.
    /// </summary>
    public async Task<bool> IsOpenAsync(string code, CancellationToken cancellationToken)
    {
        if (hashes.Of(code) is not { } hash)
        {
            return false;
        }

        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.EnrolmentCodes.AnyAsync(
            each => each.Hash == hash && each.UsedAt == null && each.ExpiresAt > now, cancellationToken);
    }

    /// <param name="code">As typed.</param>
    /// <param name="address">Whence, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is changed then.</param>
    /// <exception cref="RefusedException">
    /// <see cref="EnrolmentRefusal.EnrolmentCodeWrong"/>, <see cref="EnrolmentRefusal.EnrolmentCodeUsed"/>,
    /// <see cref="EnrolmentRefusal.EnrolmentCodeExpired"/>, <see cref="NodeRefusal.NodeHasDevice"/>.
    /// </exception>
    public async Task<EnrolledNode> HandleAsync(string code, string? address, CancellationToken cancellationToken)
    {
        var hash = hashes.Of(code) ?? throw new RefusedException(EnrolmentRefusal.EnrolmentCodeWrong);
        var (secret, encrypted) = secrets.Create();
        var node = await changes.ApplyAsync(
            new Actor(null, "device") { Address = address },
            Right.Administer,
            "node.trade",
            async (change, token) =>
            {
                var db = change.Db;
                var row = await db.EnrolmentCodes.FirstOrDefaultAsync(each => each.Hash == hash, token)
                    ?? throw new RefusedException(EnrolmentRefusal.EnrolmentCodeWrong);
                var now = time.GetUtcNow();
                _ = row switch
                {
                    { UsedAt: { } used } => throw new RefusedException(EnrolmentRefusal.EnrolmentCodeUsed, used),
                    _ when row.ExpiresAt <= now =>
                        throw new RefusedException(EnrolmentRefusal.EnrolmentCodeExpired, row.ExpiresAt),
                    _ => row.UsedAt = now,
                };
                var node = await db.Nodes.FirstOrDefaultAsync(each => each.Id == row.NodeId && each.RevokedAt == null, token)
                    ?? throw new RefusedException(EnrolmentRefusal.EnrolmentCodeWrong);
                if (board.Find(node.Id).LastSeen is not null)
                {
                    throw new RefusedException(NodeRefusal.NodeHasDevice);
                }

                change.At(node.AreaId);
                var key = await db.NodeKeys.SingleAsync(each => each.NodeId == node.Id, token);
                key.ProtectedSecret = encrypted;
                change.Happens(new NodeKeysChanged(node.Id, KeyChange.Given));
                return change.Report(node, $"node {node.Id}", new { node.Name });
            },
            cancellationToken);
        return new EnrolledNode(node, secret);
    }
}
