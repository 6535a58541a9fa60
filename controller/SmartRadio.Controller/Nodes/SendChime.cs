using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Nodes;

/// <summary>Has a node play its built-in test chime. A node out of reach is refused at once: a chime that comes hours later helps nobody.</summary>
public sealed class SendChime(AuditedChanges changes, NodeStatusCache board, CommandSender commands)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    public async Task HandleAsync(string nodeId, Actor actor, CancellationToken cancel)
    {
        await changes.ApplyAsync(
            actor,
            "node.chime",
            async (db, token) =>
            {
                var name = await db.Nodes.Where(n => n.Id == nodeId && n.RevokedAt == null).Select(n => n.Name).FirstOrDefaultAsync(token)
                    ?? throw new RefusedException(Refusal.UnknownNode, nodeId);
                if (!board.Find(nodeId).Online)
                {
                    throw new RefusedException(Refusal.NodeOffline, name);
                }

                return new ChangeReport<string>(nodeId, $"node {nodeId}", new { });
            },
            cancel);
        await commands.SendAsync(nodeId, CommandType.Chime, new ChimeCommand { Volume = 255 }.Write(), Lifetime, cancel);
    }
}
