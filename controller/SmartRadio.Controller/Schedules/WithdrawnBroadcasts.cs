using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Has what a change of a schedule withdrew made again, as new broadcasts: a node may have answered already that it dropped the
/// old ones.
/// </summary>
public sealed class WithdrawnBroadcasts(MoveBroadcast move, MakeOccurrence occurrences)
{
    /// <param name="change">In progress.</param>
    /// <param name="schedule">Of which.</param>
    /// <param name="withdrawn">When.</param>
    /// <param name="now">The instant of the change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task MakeAgainAsync(
        Change change, Schedule schedule, DateTimeOffset withdrawn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var gone = await db.Broadcasts
            .Where(row => row.ScheduleId == schedule.Id && row.State == BroadcastState.Stopped && row.StoppedAt == withdrawn
                && row.Start > now)
            .ToListAsync(cancellationToken);
        // The planner makes what the rule gives; what somebody moved or gave another bulletin it knows nothing of.
        var own = gone.FindAll(row => row.BulletinId != schedule.BulletinId
            || occurrences.AirTimeOf(schedule, row.Start) is null);
        foreach (var broadcast in own)
        {
            try
            {
                await move.RemakeAsync(change, broadcast, cancellationToken);
            }
            catch (RefusedException)
            {
                // Meanwhile its bulletin was withdrawn or the hour became quiet: it stays cancelled.
            }
        }

        gone.Except(own).ToList().ForEach(row => row.ScheduleId = null);
        schedule.PlannedThrough = now < schedule.PlannedThrough ? now : schedule.PlannedThrough;
        await db.SaveChangesAsync(cancellationToken);
        change.Happens(new ScheduleChanged(schedule));
    }
}
