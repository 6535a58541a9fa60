using Microsoft.EntityFrameworkCore;

namespace SmartRadio.Controller.Nodes;

internal static class NodesInService
{
    /// <summary>A node in service.</summary>
    /// <exception cref="RefusedException"><see cref="NodeRefusal.UnknownNode"/>.</exception>
    public static async Task<Node> InServiceAsync(
        this IQueryable<Node> nodes, string nodeId, CancellationToken cancellationToken) =>
        await nodes.FirstOrDefaultAsync(node => node.Id == nodeId && node.RevokedAt == null, cancellationToken)
        ?? throw new RefusedException(NodeRefusal.UnknownNode, nodeId);
}
