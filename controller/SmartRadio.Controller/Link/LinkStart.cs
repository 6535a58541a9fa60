using Microsoft.Extensions.Hosting;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Link;

/// <summary>What must be there before the first message: the run's counter what nodes last said, what was refused, and what was sent. Hosted services start in turn, and this is the first.</summary>
internal sealed class LinkStart(CommandCounter counter, NodeStatusCache board, RejectedLedger refusals, DataLedger data) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await counter.BeginRunAsync(cancellationToken);
        await board.LoadAsync(cancellationToken);
        await refusals.LoadAsync(cancellationToken);
        await data.LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
