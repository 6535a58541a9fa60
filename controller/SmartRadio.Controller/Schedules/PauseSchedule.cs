using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>Leaves days out of a schedule, and takes them in again.</summary>
public sealed class PauseSchedule(
    AuditedChanges changes, WithdrawnBroadcasts withdrawn, AirTimes airTimes, LocalTime local)
{
    /// <summary>Nothing is aired on these days; what was planned for them is withdrawn.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.UnknownSchedule"/>, <see cref="Broadcasts.BroadcastRefusal.AlreadyOver"/>,
    /// <see cref="ScheduleRefusal.ReplacedMeanwhile"/>: another schedule airs on these days;
    /// <see cref="ScheduleRefusal.PausesOutOfRange"/>: it ends before it begins or today, or there are too many.
    /// </exception>
    public Task HandleAsync(long id, DateOnly from, DateOnly to, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Write, "schedule.pause", async (change, token) =>
        {
            var schedule = await ScheduleChanges.FindAsync(change, id, token);
            if (to < from || to < local.Today || schedule.Pauses.Count >= ScheduleRules.MaxPauses)
            {
                throw new RefusedException(ScheduleRefusal.PausesOutOfRange, ScheduleRules.MaxPauses);
            }

            await ScheduleChanges.CheckDaysAsync(change.Db, schedule, from, to, token);
            var now = local.Now;
            var added = new SchedulePause(from, to) { SetAt = now };
            schedule.Pauses = [.. schedule.Pauses.Append(added).OrderBy(pause => pause.From)];
            var ids = await ScheduleChanges.WithdrawAsync(
                change, schedule, now, start => added.Holds(airTimes.DayOf(schedule, start)), token);
            await change.Db.SaveChangesAsync(token);
            change.Happens(new ScheduleChanged(schedule));
            return change.Report(schedule, $"schedule {id}", new { From = from, To = to, Broadcasts = ids });
        }, cancellationToken);

    /// <summary>Takes the pause out that begins on a day; what it left out and still lies ahead is planned again.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.UnknownSchedule"/>, <see cref="Broadcasts.BroadcastRefusal.AlreadyOver"/>,
    /// <see cref="ScheduleRefusal.ReplacedMeanwhile"/>, <see cref="ScheduleRefusal.NoSuchPause"/>,
    /// <see cref="Bulletins.BulletinRefusal.AuthorIsApprover"/>.
    /// </exception>
    public Task ResumeAsync(long id, DateOnly from, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Write, "schedule.resume", async (change, token) =>
        {
            var schedule = await ScheduleChanges.FindAsync(change, id, token);
            var pause = schedule.Pauses.FirstOrDefault(each => each.From == from)
                ?? throw new RefusedException(ScheduleRefusal.NoSuchPause, from);
            await ScheduleChanges.CheckDaysAsync(change.Db, schedule, from, from, token);
            schedule.Pauses = [.. schedule.Pauses.Where(each => each != pause)];
            await withdrawn.MakeAgainAsync(
                change, schedule, pause.SetAt ?? schedule.CreatedAt, local.Now, token);
            return change.Report(schedule, $"schedule {id}", new { pause.From, pause.To });
        }, cancellationToken);
}
