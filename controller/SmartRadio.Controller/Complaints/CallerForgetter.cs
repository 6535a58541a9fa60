using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <summary>
/// Removes names and telephone numbers of those whose complaints were closed long ago, and later what came by the public form: it
/// gives the room back to others.
/// </summary>
public sealed class CallerForgetter(
    IDbContextFactory<RadioDb> databases, AuditedChanges changes, TimeProvider time, ILogger<CallerForgetter> logger)
    : BackgroundService
{
    /// <summary>Days after closing.</summary>
    public const int Kept = 90;

    /// <summary>Days after closing in which a complaint of the public form is kept.</summary>
    public const int FormKept = 366;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>Of how many something was forgotten, or all.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var (before, old) = (time.GetUtcNow().AddDays(-Kept), time.GetUtcNow().AddDays(-FormKept));
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (!await Due(db, before).AnyAsync(cancellationToken) && !await Old(db, old).AnyAsync(cancellationToken))
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
            var removed = await Old(change.Db, old).ExecuteDeleteAsync(token);
            return change.Report(forgotten + removed, "complaint", new { Complaints = forgotten, Removed = removed });
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

    private static IQueryable<Complaint> Old(RadioDb db, DateTimeOffset before) =>
        db.Complaints.Where(complaint => complaint.RequestKey != null && complaint.ClosedAt < before);

    private static IQueryable<Complaint> Due(RadioDb db, DateTimeOffset before) => db.Complaints.Where(complaint =>
        complaint.ClosedAt < before && (complaint.CallerName != null || complaint.CallerPhone != null));
}
