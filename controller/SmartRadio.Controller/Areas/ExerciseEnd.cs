using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Areas;

/// <summary>Ends exercises that nobody ended.</summary>
public sealed class ExerciseEnd(
    IDbContextFactory<RadioDb> databases, SetExercise set, TimeProvider time, ILogger<ExerciseEnd> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <returns>How many ended.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<long> over;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            over = await db.Areas.Where(area => area.ExerciseUntil <= now).Select(area => area.Id)
                .ToListAsync(cancellationToken);
        }

        foreach (var area in over)
        {
            await set.HandleAsync(area, on: false, Actor.Program, cancellationToken);
        }

        return over.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await EndAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "Exercises that are over could not be ended; tried again soon");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
