using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Nodes.Enrolment;

/// <param name="NodeId">For which node.</param>
/// <param name="Code">Shown this once.</param>
/// <param name="ExpiresAt">Until when it can be traded.</param>
public sealed record NewEnrolmentCode(string NodeId, string Code, DateTimeOffset ExpiresAt);

/// <summary>Makes the code by which a device becomes a node. A newer code takes the place of an older one.</summary>
public sealed class MakeEnrolmentCode(
    AuditedChanges changes, EnrolmentCodeHash hashes, NodeStatusCache board, IOptions<EnrolmentOptions> options,
    TimeProvider time)
{
    /// <exception cref="RefusedException">
    /// <see cref="NodeRefusal.UnknownNode"/>, <see cref="NodeRefusal.NodeHasDevice"/>.
    /// </exception>
    public Task<NewEnrolmentCode> HandleAsync(string nodeId, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(
        actor,
        Right.Administer,
        "node.code",
        async (change, token) =>
        {
            var db = change.Db;
            change.At((await db.Nodes.InServiceAsync(nodeId, token)).AreaId);

            // A second device would count its messages and receipts from the beginning, and none would be believed.
            if (board.Find(nodeId).LastSeen is not null)
            {
                throw new RefusedException(NodeRefusal.NodeHasDevice);
            }

            await db.EnrolmentCodes.Where(code => code.NodeId == nodeId && code.UsedAt == null).ExecuteDeleteAsync(token);
            var text = EnrolmentCodeText.New();
            var now = time.GetUtcNow();
            var row = new EnrolmentCode
            {
                NodeId = nodeId,
                Hash = hashes.Of(text)!,
                CreatedAt = now,
                ExpiresAt = now + options.Value.EnrolmentCodeLifetime,
            };
            db.EnrolmentCodes.Add(row);
            change.Happens(new NodeChanged(nodeId));
            return change.Report(new NewEnrolmentCode(nodeId, text, row.ExpiresAt), $"node {nodeId}", new { row.ExpiresAt });
        },
        cancellationToken);
}
