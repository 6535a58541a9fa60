using Microsoft.Extensions.Hosting;
using SmartRadio.Controller.Fleet;

namespace SmartRadio.Controller.Delivery;

/// <summary>What must be there before the first message: the run's counter what nodes last said, and what was refused. Hosted services start in turn, and this is the first.</summary>
internal sealed class DeliveryStart(CommandCounter counter, FleetBoard board, RefusalLedger refusals) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await counter.BeginRunAsync(cancellationToken);
        await board.LoadAsync(cancellationToken);
        await refusals.LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
