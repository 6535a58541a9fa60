using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// How many schedules there may be, and how many areas and nodes they name: all of them are read again and again.
/// </summary>
public sealed class ScheduleLimits(IOptions<LimitOptions> limits, LocalTime local)
{
    /// <param name="db">Of the change in progress.</param>
    /// <param name="added">To be stored.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.TooManySchedules"/>, <see cref="ScheduleRefusal.TooManyOwnSchedules"/>,
    /// <see cref="ScheduleRefusal.TooManyScheduleIds"/>, <see cref="ScheduleRefusal.TooManyOwnScheduleIds"/>.
    /// </exception>
    public async Task CheckAsync(RadioDb db, Schedule added, CancellationToken cancellationToken)
    {
        var most = limits.Value;
        var today = local.Today;
        var active = db.Schedules.AsNoTracking().Where(
            schedule => schedule.CancelledAt == null && (schedule.Recurrence == Recurrence.Once
                ? schedule.From >= today
                : schedule.Until == null || schedule.Until >= today));
        if (await active.CountAsync(cancellationToken) >= most.Schedules)
        {
            throw new RefusedException(ScheduleRefusal.TooManySchedules, most.Schedules);
        }

        var author = added.CreatedById;
        if (await active.CountAsync(schedule => schedule.CreatedById == author, cancellationToken) >= most.PersonSchedules)
        {
            throw new RefusedException(ScheduleRefusal.TooManyOwnSchedules, most.PersonSchedules);
        }

        var (all, own) = (added.Audience.Count, added.Audience.Count);
        var each = active.Select(schedule => new { schedule.CreatedById, schedule.Audience }).AsAsyncEnumerable();
        await foreach (var schedule in each.WithCancellation(cancellationToken))
        {
            all += schedule.Audience.Count;
            own += schedule.CreatedById == author ? schedule.Audience.Count : 0;
        }

        if (own > most.PersonScheduleIds)
        {
            throw new RefusedException(ScheduleRefusal.TooManyOwnScheduleIds, most.PersonScheduleIds);
        }

        if (all > most.ScheduleIds)
        {
            throw new RefusedException(ScheduleRefusal.TooManyScheduleIds, most.ScheduleIds);
        }
    }
}
