using SmartRadio.Controller.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Nodes;

/// <summary>A node says how its loudspeaker line and its program are.</summary>
internal sealed class HealthHandler(NodeStatusCache statuses) : IUpHandler
{
    public UpType Type => UpType.Health;

    public ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken)
    {
        if (Health.Read(message.Envelope.Body) is not { } health)
        {
            return new(false);
        }

        statuses.Heard(message.NodeId, health, message.At);
        return new(true);
    }
}
