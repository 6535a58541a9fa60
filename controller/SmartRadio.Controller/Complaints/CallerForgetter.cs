using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <summary>Removes names and telephone numbers of those whose complaints were closed long ago.</summary>
public sealed class CallerForgetter(
    IDbContextFactory<RadioDb> databases, AuditedChanges changes, TimeProvider time, ILogger<CallerForgetter> logger)
    : BackgroundService
{
    /// <summary>Days after closing.</summary>
    public const int Kept = 90;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-Kept);
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (!await Due(db, before).AnyAsync(cancellationToken))
            {
                return 0;
            }
        }

        return await changes.ApplyAsync(Actor.Program, Right.See, "complaint.forget", async (change, token) =>
        {
            change.Everywhere();
            var forgotten = await Due(change.Db, before).ExecuteUpdateAsync(
                set => set.SetProperty(complaint => complaint.CallerName, (string?)null)
                    .SetProperty(complaint => complaint.CallerPhone, (string?)null),
                token);
            return change.Report(forgotten, "complaint", new { Complaints = forgotten });
        }, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogWarning(problem, "Callers could not be forgotten; tried again in an hour");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static IQueryable<Complaint> Due(RadioDb db, DateTimeOffset before) => db.Complaints.Where(complaint =>
        complaint.ClosedAt < before && (complaint.CallerName != null || complaint.CallerPhone != null));
}
