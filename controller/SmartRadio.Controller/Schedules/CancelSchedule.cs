using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>Ends a schedule and takes its broadcasts that have not begun out of the nodes' plans. One on air plays on.</summary>
public sealed class CancelSchedule(AuditedChanges changes, AirTimes airTimes, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.UnknownSchedule"/>, <see cref="BroadcastRefusal.AlreadyOver"/>,
    /// <see cref="ScheduleRefusal.ReplacedMeanwhile"/>: nothing is left of it, and another one goes on in its place.
    /// </exception>
    public Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(
            actor, Right.Write, "schedule.cancel", (change, token) => CancelAsync(change, id, token), cancellationToken);

    private async Task<ChangeReport<Schedule>> CancelAsync(Change change, long id, CancellationToken cancellationToken)
    {
        var schedule = await ScheduleChanges.FindAsync(change, id, cancellationToken);
        var now = local.Now;
        if (airTimes.NextAfter(schedule, now) is null)
        {
            await ScheduleChanges.CheckDaysAsync(change.Db, schedule, local.Today, to: null, cancellationToken);
        }

        schedule.CancelledAt = now;
        var ids = await ScheduleChanges.WithdrawAsync(change, schedule, now, isWithdrawn: null, cancellationToken);
        change.Happens(new ScheduleCancelled(id));
        return change.Report(schedule, $"schedule {id}", new { Broadcasts = ids });
    }
}
