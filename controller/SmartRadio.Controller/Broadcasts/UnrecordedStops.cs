using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Has the stops recorded that an earlier run carried out and could not record.</summary>
public sealed class UnrecordedStops(
    StopJournal journal, StopBroadcast one, StopEverything all, ILogger<UnrecordedStops> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var press in journal.Pending)
        {
            stoppingToken.ThrowIfCancellationRequested();
            try
            {
                await (press.Broadcast is null ? all.RecordAsync(press) : one.RecordAsync(press));
            }
            catch (RefusedException refused)
            {
                logger.LogError(refused, "{Stop}, in an earlier run, is not recorded: the books refuse it", press);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "{Stop}, in an earlier run, could not be recorded; the next run tries again", press);
            }
        }
    }
}
