using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Nodes;

/// <summary>A node has connected and says what it is.</summary>
internal sealed class HelloHandler(NodeStatusCache statuses, Events events) : IUpHandler
{
    public UpType Type => UpType.Hello;

    public async ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken)
    {
        if (Hello.Read(message.Envelope.Body) is not { } hello)
        {
            return false;
        }

        statuses.Heard(message.NodeId, hello, message.At);
        await events.PublishAsync(new PlanReported(message.NodeId, hello.PlanNumber, Fresh: true), cancellationToken);
        return true;
    }
}
