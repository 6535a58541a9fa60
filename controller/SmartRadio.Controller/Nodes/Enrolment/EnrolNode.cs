using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Nodes.Enrolment;

public sealed record EnrolNodeRequest(string Name, long AreaId);

/// <param name="Node">The new row.</param>
/// <param name="Secret">32 bytes for the device, given out this once.</param>
public sealed record EnrolledNode(Node Node, byte[] Secret);

/// <summary>Takes a new node into an area and makes its secret. It hears what is already planned for that area.</summary>
public sealed class EnrolNode(AuditedChanges changes, NodeSecrets secrets, BroadcastMaker broadcasts, ChangeFeed feed, TimeProvider time)
{
    public async Task<EnrolledNode> HandleAsync(EnrolNodeRequest request, Actor actor, CancellationToken cancel)
    {
        var name = PlainText.Name(request.Name);
        var (secret, encrypted) = secrets.Create();
        var node = await changes.ApplyAsync(
            actor,
            "node.enrol",
            async (db, token) =>
            {
                if (!await db.Areas.AnyAsync(area => area.Id == request.AreaId && area.ValidTo == null, token))
                {
                    throw new RefusedException(Refusal.UnknownArea, request.AreaId);
                }

                var row = new Node
                {
                    Id = Hex.Encode(RandomNumberGenerator.GetBytes(WireSizes.NodeIdLength)),
                    Name = name,
                    AreaId = request.AreaId,
                    ProtectedSecret = encrypted,
                    PlanNumber = 1,
                    CreatedAt = time.GetUtcNow(),
                };
                db.Nodes.Add(row);
                await broadcasts.JoinAsync(db, await AreaQuery.LoadAsync(db, token), row, token);
                return new ChangeReport<Node>(row, $"node {row.Id}", new { row.Name, row.AreaId });
            },
            cancel);
        feed.Changed(Feed.Fleet);
        feed.Changed(Feed.Broadcasts);
        return new EnrolledNode(node, secret);
    }
}
