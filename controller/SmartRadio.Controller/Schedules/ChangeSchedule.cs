using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Changes a schedule from a day on. What it aired before stays as it was: the old schedule ends the day before, and a new one
/// goes on.
/// </summary>
public sealed class ChangeSchedule(
    AuditedChanges changes, AddSchedule add, AudienceCheck audiences, AirTimes airTimes, LocalTime local)
{
    /// <param name="id">Of the old schedule.</param>
    /// <param name="from">The first day of the change, not before today.</param>
    /// <param name="request">What it is to be from then on.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The new schedule.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.UnknownSchedule"/>, <see cref="BroadcastRefusal.AlreadyOver"/>,
    /// <see cref="ScheduleRefusal.ReplacedMeanwhile"/>: it reaches into days of the schedule that an earlier change made;
    /// <see cref="BroadcastRefusal.StartInPast"/>, or what <see cref="AddSchedule"/> refuses.
    /// </exception>
    public async Task<Schedule> HandleAsync(
        long id, DateOnly from, ScheduleRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var changed = From(from, request);
        var (schedule, first) = add.Draft(changed, actor);
        await audiences.CheckAsync(changed.Audience, cancellationToken);
        return await changes.ApplyAsync(actor, Right.Write, "schedule.change", async (change, token) =>
        {
            var old = await ScheduleChanges.FindAsync(change, id, token);
            await ScheduleChanges.CheckDaysAsync(change.Db, old, from, schedule.End, token);
            var now = local.Now;
            // What airs once is moved as a whole: no day of it stays before the change.
            var isPart = from > old.From && old.Recurrence != Recurrence.Once;
            var ids = await ScheduleChanges.WithdrawAsync(
                change, old, now, isPart ? start => airTimes.DayOf(old, start) >= from : null, token);
            if (isPart)
            {
                old.Until = old.Until < from ? old.Until : from.AddDays(-1);
                change.Happens(new ScheduleChanged(old));
            }
            else
            {
                old.CancelledAt = now;
                change.Happens(new ScheduleCancelled(id));
            }

            // The old one no longer counts towards the limits.
            await change.Db.SaveChangesAsync(token);
            schedule.SeriesId = old.SeriesId ?? id;
            if (request.GoesFirst is null)
            {
                (schedule.Rank, schedule.Tolerance) = (old.Rank, request.Tolerance ?? old.Tolerance);
            }

            await add.StoreAsync(change, schedule, first, request, old.IsExercise, token);
            return change.Report(
                schedule, $"schedule {schedule.Id}",
                new { Replaces = id, Withdrawn = ids, Schedule = AddSchedule.DetailOf(schedule) });
        }, cancellationToken);
    }

    /// <summary>The request with nothing before a day.</summary>
    public static ScheduleRequest From(DateOnly from, ScheduleRequest request) =>
        request.Rule.From >= from ? request : request with { Rule = request.Rule with { From = from } };
}
