using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SmartRadio.Controller.Storage;

/// <summary>Keeps the database's log short, beside those who write.</summary>
internal sealed class LogCheckpoints(WriteAheadLog log, TimeProvider time, ILogger<LogCheckpoints> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await log.CheckpointAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogWarning(problem, "The database's log could not be shortened");
            }
        }
    }
}
