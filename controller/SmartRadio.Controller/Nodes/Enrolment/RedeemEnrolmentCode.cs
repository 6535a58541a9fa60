using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;

namespace SmartRadio.Controller.Nodes.Enrolment;

/// <summary>Makes a device the node of its code, exactly once. The secret is made now: nobody has seen it before.</summary>
public sealed class RedeemEnrolmentCode(AuditedChanges changes, NodeSecrets secrets, NodeStatusCache board, ChangeFeed feed, TimeProvider time)
{
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.EnrolmentCodeWrong"/>, <see cref="Refusal.EnrolmentCodeUsed"/>, <see cref="Refusal.EnrolmentCodeExpired"/>,
    /// <see cref="Refusal.NodeHasDevice"/>.
    /// </exception>
    public async Task<EnrolledNode> HandleAsync(string code, CancellationToken cancel)
    {
        var hash = EnrolmentCodeText.HashOf(code) ?? throw new RefusedException(Refusal.EnrolmentCodeWrong);
        var (secret, encrypted) = secrets.Create();
        var node = await changes.ApplyAsync(
            new Actor(null, "device"),
            "node.trade",
            async (db, token) =>
            {
                var row = await db.EnrolmentCodes.FirstOrDefaultAsync(each => each.Hash == hash, token)
                    ?? throw new RefusedException(Refusal.EnrolmentCodeWrong);
                var now = time.GetUtcNow();
                _ = row switch
                {
                    { UsedAt: { } used } => throw new RefusedException(Refusal.EnrolmentCodeUsed, used),
                    _ when row.ExpiresAt <= now => throw new RefusedException(Refusal.EnrolmentCodeExpired, row.ExpiresAt),
                    _ => row.UsedAt = now,
                };
                var node = await db.Nodes.FirstOrDefaultAsync(each => each.Id == row.NodeId && each.RevokedAt == null, token)
                    ?? throw new RefusedException(Refusal.EnrolmentCodeWrong);
                if (board.Find(node.Id).LastSeen is not null)
                {
                    throw new RefusedException(Refusal.NodeHasDevice);
                }

                node.ProtectedSecret = encrypted;
                return new ChangeReport<Node>(node, $"node {node.Id}", new { node.Name });
            },
            cancel);
        secrets.Forget(node.Id);
        feed.Changed(Feed.Fleet);
        return new EnrolledNode(node, secret);
    }
}
