using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Nodes;

/// <summary>A node says how it is.</summary>
internal sealed class HeartbeatHandler(NodeStatusCache statuses, NodeRejections rejections, Events events) : IUpHandler
{
    public UpType Type => UpType.Heartbeat;

    public async ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken)
    {
        if (Heartbeat.Read(message.Envelope.Body) is not { } beat)
        {
            return false;
        }

        var before = statuses.Find(message.NodeId);
        rejections.Heard(message.NodeId, before.Rejected, beat.Rejected, beat.Uptime < before.Uptime.TotalSeconds, message.At);
        statuses.Heard(message.NodeId, beat, message.At);
        await events.PublishAsync(new PlanReported(message.NodeId, beat.PlanNumber, Fresh: false), cancellationToken);
        return true;
    }
}
