using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Access.Attempts;

/// <summary>
/// Writes refused tries into the audit log and the program's log: one entry a minute for each account, address and place, with
/// their number.
/// </summary>
public sealed class AttemptWriter(
    AttemptLedger ledger, AuditedChanges changes, TimeProvider time, ILogger<AttemptWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Writes what was counted since the last time. What cannot be written is counted on.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var (attempt, times) in ledger.Take())
        {
            try
            {
                await WriteAsync(attempt, times, cancellationToken);
            }
            catch (Exception problem)
            {
                // Also when the program ends: what is left is written then.
                ledger.Count(attempt, times);
                if (problem is not OperationCanceledException)
                {
                    logger.LogWarning(problem, "Refused tries could not be written into the audit log");
                }
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            await WriteAsync(CancellationToken.None);
        }
    }

    private async Task WriteAsync(Attempt attempt, long times, CancellationToken cancellationToken)
    {
        var subject = attempt.Subject.Length > 0 ? attempt.Subject
            : attempt.Address.Length > 0 ? $"address {attempt.Address}"
            : "address";
        await changes.ApplyAsync(Actor.Program, Right.Own, attempt.Action, (change, _) =>
        {
            change.Everywhere();
            return Task.FromResult(
                change.Report(times, subject, new { attempt.Address, attempt.Place, Times = times }));
        }, cancellationToken);
        logger.LogWarning(
            "Refused {Times} times: {Action} of {Subject} from {Address} at {Place}",
            times, attempt.Action, subject, attempt.Address, attempt.Place);
    }
}
