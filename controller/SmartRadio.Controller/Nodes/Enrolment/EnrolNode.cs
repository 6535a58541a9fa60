using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Nodes.Enrolment;

public sealed record EnrolNodeRequest(string Name, long AreaId);

/// <param name="Node">The new row.</param>
/// <param name="Secret">32 bytes for the device, given out this once.</param>
public sealed record EnrolledNode(Node Node, byte[] Secret);

/// <summary>Takes a new node into an area and makes its secret. It hears what is already planned for that area.</summary>
public sealed class EnrolNode(AuditedChanges changes, NodeSecrets secrets, TimeProvider time, IOptions<LimitOptions> limits)
{
    /// <exception cref="RefusedException">
    /// <see cref="AreaRefusal.UnknownArea"/>, <see cref="NodeRefusal.TooManyNodes"/>,
    /// <see cref="NodeRefusal.TooManyNodesEver"/>, and what is wrong with the name.
    /// </exception>
    public async Task<EnrolledNode> HandleAsync(EnrolNodeRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var name = PlainText.Name(request.Name);
        var (secret, encrypted) = secrets.Create();
        var node = await changes.ApplyAsync(actor, Right.Administer, "node.enrol", async (change, token) =>
        {
            await change.Db.NeedAreaAsync(request.AreaId, token);

            change.At(request.AreaId);
            if (await change.Db.Nodes.CountAsync(node => node.RevokedAt == null, token) >= limits.Value.Nodes)
            {
                throw new RefusedException(NodeRefusal.TooManyNodes, limits.Value.Nodes);
            }

            if (await change.Db.Nodes.CountAsync(token) >= limits.Value.AllNodes)
            {
                throw new RefusedException(NodeRefusal.TooManyNodesEver, limits.Value.AllNodes);
            }

            var row = new Node
            {
                Id = Hex.Encode(RandomNumberGenerator.GetBytes(WireSizes.NodeIdLength)),
                Name = name,
                AreaId = request.AreaId,
                PlanNumber = 1,
                CreatedAt = time.GetUtcNow(),
            };
            change.Db.Nodes.Add(row);
            change.Db.NodeKeys.Add(new StoredSecret { NodeId = row.Id, ProtectedSecret = encrypted });
            change.Happens(new NodeEnrolled(row));
            return change.Report(row, $"node {row.Id}", new { row.Name, row.AreaId });
        }, cancellationToken);
        return new EnrolledNode(node, secret);
    }
}
