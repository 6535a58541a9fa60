using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Plays the broadcasts of an exercise in place of the nodes: their targets go through what a node would report, so that people
/// see what they would see, and nothing is sent to any node.
/// </summary>
public sealed class ExercisePlayer(
    IDbContextFactory<RadioDb> databases, WriteTurns turns, Events events, IOptions<BroadcastOptions> options,
    TimeProvider time, ILogger<ExercisePlayer> logger) : BackgroundService
{
    // Every codec so far runs at 8 kHz.
    private const double SampleRate = 8_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchEnds, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PlayAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "Broadcasts of an exercise could not be played; tried again soon");
            }
        }
    }

    /// <returns>How many broadcasts went on by a step.</returns>
    internal async Task<int> PlayAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<Broadcast> due;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            due = await db.Broadcasts.AsNoTracking()
                .Where(row => row.IsExercise && row.Start <= now
                    && (row.State == BroadcastState.Planned || row.State == BroadcastState.Stopped)
                    && row.Targets.Any(target => target.State < TargetState.Played))
                .ToListAsync(cancellationToken);
        }

        if (due.Count == 0)
        {
            return 0;
        }

        var changed = new List<long>();
        await using (var turn = await turns.TakeAsync(isUrgent: false, cancellationToken))
        {
            foreach (var broadcast in due)
            {
                if (await PlayAsync(turn.Db, broadcast, now, cancellationToken) > 0)
                {
                    changed.Add(broadcast.Id);
                }
            }
        }

        if (changed.Count > 0)
        {
            await events.PublishAsync(new BroadcastsChanged(changed), cancellationToken);
        }

        return changed.Count;
    }

    /// <returns>How many targets changed.</returns>
    private static async Task<int> PlayAsync(
        RadioDb db, Broadcast broadcast, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = db.Targets.Where(target => target.BroadcastId == broadcast.Id && target.State < TargetState.Played);
        var heard = (now < broadcast.End ? now : broadcast.End) - broadcast.Start;
        var samples = (long)(heard.TotalSeconds * SampleRate);
        var changed = await open.Where(target => target.State < TargetState.Playing && target.StoppedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(target => target.State, TargetState.Playing)
                    .SetProperty(target => target.StartedAt, broadcast.Start),
                cancellationToken);
        changed += await open.Where(target => target.State == TargetState.Playing && target.StoppedAt != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(target => target.State, TargetState.Interrupted)
                    .SetProperty(target => target.Reason, ReceiptReason.Stopped)
                    .SetProperty(target => target.EndedAt, target => target.StoppedAt)
                    .SetProperty(target => target.Samples, samples),
                cancellationToken);
        return broadcast.End > now ? changed : changed + await open.Where(target => target.State == TargetState.Playing)
            .ExecuteUpdateAsync(
                set => set.SetProperty(target => target.State, TargetState.Played)
                    .SetProperty(target => target.EndedAt, broadcast.End)
                    .SetProperty(target => target.Samples, samples),
                cancellationToken);
    }
}
