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

        // Before its status says so: what fails here is then learnt from the next hello.
        if (statuses.Find(message.NodeId).Codecs != hello.Codecs)
        {
            await LearnAsync(message.NodeId, (hello.Codecs & Hello.TakesVolumes) != 0, cancellationToken);
        }

        statuses.Heard(message.NodeId, hello, message.At);
        await events.PublishAsync(new PlanReported(message.NodeId, hello.PlanNumber, Fresh: true), cancellationToken);
        return true;
    }

    /// <summary>Another program takes other plans than the node was sent under this number.</summary>
    private async Task LearnAsync(string nodeId, bool takesVolumes, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var learnt = await db.Nodes.Where(node => node.Id == nodeId && node.TakesVolumes != takesVolumes).ExecuteUpdateAsync(
            set => set.SetProperty(node => node.TakesVolumes, takesVolumes)
                .SetProperty(node => node.PlanNumber, node => node.PlanNumber + 1),
            cancellationToken);
        if (learnt > 0)
        {
            await events.PublishAsync(new PlansChanged([nodeId]), cancellationToken);
        }
    }
}
