using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Nodes;

/// <summary>A node has connected and says what it is.</summary>
internal sealed class HelloHandler(NodeStatusCache statuses, IDbContextFactory<RadioDb> databases, Events events) : IUpHandler
{
    public UpType Type => UpType.Hello;

    public async ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken)
    {
        if (Hello.Read(message.Envelope.Body) is not { } hello)
        {
            return false;
        }

        var learnt = !statuses.Find(message.NodeId).TakesVolumes();
        statuses.Heard(message.NodeId, hello, message.At);
        // A newer program takes more than the plan that the node holds says.
        if (learnt && hello.PlanNumber > 0 && statuses.Find(message.NodeId).TakesVolumes())
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await PlanNumbers.RaiseAsync(db, [message.NodeId], cancellationToken);
            await events.PublishAsync(new PlansChanged([message.NodeId]), cancellationToken);
        }

        await events.PublishAsync(new PlanReported(message.NodeId, hello.PlanNumber, Fresh: true), cancellationToken);
        return true;
    }
}
