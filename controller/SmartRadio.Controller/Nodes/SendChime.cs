using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Nodes;

/// <summary>
/// Has a node play its built-in test chime. A node out of reach is refused at once: a chime that comes hours later helps nobody.
/// </summary>
public sealed class SendChime(AuditedChanges changes, NodeStatusCache board, CommandSender commands)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    /// <exception cref="RefusedException">
    /// <see cref="NodeRefusal.UnknownNode"/>, <see cref="NodeRefusal.NodeOffline"/>.
    /// </exception>
    public async Task HandleAsync(string nodeId, Actor actor, CancellationToken cancellationToken)
    {
        await changes.ApplyAsync(actor, Right.Operate, "node.chime", async (change, token) =>
        {
            var node = await change.Db.Nodes.InServiceAsync(nodeId, token);
            change.At(node.AreaId);
            return board.Find(nodeId).Online
                ? change.Report(nodeId, $"node {nodeId}", new { })
                : throw new RefusedException(NodeRefusal.NodeOffline, node.Name);
        }, cancellationToken);
        await commands.SendAsync(
            nodeId, CommandType.Chime, new ChimeCommand { Volume = 255 }.Write(), Lifetime, cancellationToken);
    }
}
