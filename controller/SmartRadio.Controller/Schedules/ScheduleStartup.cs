using Microsoft.Extensions.Hosting;

namespace SmartRadio.Controller.Schedules;

/// <summary>Catches up at start with what came due while the program was not running.</summary>
internal sealed class ScheduleStartup(SchedulePlanner planner) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => planner.PlanAllAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
