using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Nodes.Enrolment;

/// <param name="NodeId">For which node.</param>
/// <param name="Code">Shown this once.</param>
/// <param name="ExpiresAt">Until when it can be traded.</param>
public sealed record NewEnrolmentCode(string NodeId, string Code, DateTimeOffset ExpiresAt);

/// <summary>Makes the code by which a device becomes a node. A newer code takes the place of an older one.</summary>
public sealed class MakeEnrolmentCode(AuditedChanges changes, NodeStatusCache board, IOptions<RadioOptions> options, TimeProvider time)
{
    /// <exception cref="RefusedException"><see cref="Refusal.UnknownNode"/>, <see cref="Refusal.NodeHasDevice"/>.</exception>
    public Task<NewEnrolmentCode> HandleAsync(string nodeId, Actor actor, CancellationToken cancel) => changes.ApplyAsync(
        actor,
        "node.code",
        async (db, token) =>
        {
            if (!await db.Nodes.AnyAsync(node => node.Id == nodeId && node.RevokedAt == null, token))
            {
                throw new RefusedException(Refusal.UnknownNode, nodeId);
            }

            // A second device would count its messages and receipts from the beginning, and none would be believed.
            if (board.Find(nodeId).LastSeen is not null)
            {
                throw new RefusedException(Refusal.NodeHasDevice);
            }

            await db.EnrolmentCodes.Where(code => code.NodeId == nodeId && code.UsedAt == null).ExecuteDeleteAsync(token);
            var text = EnrolmentCodeText.New();
            var now = time.GetUtcNow();
            var row = new EnrolmentCode
            {
                NodeId = nodeId,
                Hash = EnrolmentCodeText.HashOf(text)!,
                CreatedAt = now,
                ExpiresAt = now + options.Value.EnrolmentCodeLifetime,
            };
            db.EnrolmentCodes.Add(row);
            return new ChangeReport<NewEnrolmentCode>(new NewEnrolmentCode(nodeId, text, row.ExpiresAt), $"node {nodeId}", new { row.ExpiresAt });
        },
        cancel);
}
