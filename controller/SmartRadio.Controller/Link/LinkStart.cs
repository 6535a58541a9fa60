using Microsoft.Extensions.Hosting;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Link;

/// <summary>
/// What must be there before the first message: the run's counter, and all that rooms keep in memory. Hosted services start in
/// turn, and this is the first.
/// </summary>
internal sealed class LinkStart(CommandCounter counter, IEnumerable<ILoadAtStart> rooms) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await counter.BeginRunAsync(cancellationToken);
        foreach (var room in rooms)
        {
            await room.LoadAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
