using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Nodes;

/// <param name="NodeId">The node.</param>
/// <param name="Percent">Its own volume, 0 to 100.</param>
public sealed record SetVolumeRequest(string NodeId, int Percent)
{
    /// <summary>How much of it by time of day; null or none = as in the area.</summary>
    public IReadOnlyList<VolumeStep>? DayVolume { get; init; }
}

/// <summary>
/// Sets a node's volume, and how it changes in a day. It is part of the node's plan, so it reaches a node that is away when it
/// returns.
/// </summary>
public sealed class SetVolume(AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// <see cref="NodeRefusal.VolumeOutOfRange"/>, <see cref="NodeRefusal.UnknownNode"/>, or the volumes of the day are refused
    /// as by <see cref="DayVolume.Of"/>.
    /// </exception>
    public Task HandleAsync(SetVolumeRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (request.Percent is < 0 or > 100)
        {
            throw new RefusedException(NodeRefusal.VolumeOutOfRange, request.Percent);
        }

        var dayVolume = DayVolume.Of(request.DayVolume);
        return changes.ApplyAsync(actor, Right.Operate, "node.volume", async (change, token) =>
        {
            var node = await change.Db.Nodes.InServiceAsync(request.NodeId, token);
            change.At(node.AreaId);
            node.Volume = request.Percent;
            node.DayVolume = dayVolume;
            await change.Db.SaveChangesAsync(token);
            await PlanNumbers.RaiseAsync(change, [node.Id], token);
            change.Happens(new NodeChanged(node.Id));
            return change.Report(node, $"node {node.Id}", new { request.Percent, DayVolume = dayVolume?.ToString() });
        }, cancellationToken);
    }
}
