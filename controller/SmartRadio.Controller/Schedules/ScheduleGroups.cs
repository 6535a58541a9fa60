using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>Schedules that are neither cancelled nor over need their groups.</summary>
internal sealed class ScheduleGroups(LocalTime local) : IUseGroups
{
    public async Task<IReadOnlyList<string>> TitlesAsync(RadioDb db, long group, CancellationToken cancellationToken)
    {
        var (today, now) = (local.Today, local.Now);
        var open = db.Schedules.AsNoTracking().Where(
            schedule => schedule.CancelledAt == null && (schedule.Last == null || schedule.Last >= now)
                && (schedule.Recurrence == Recurrence.Once
                    ? schedule.From >= today
                    : schedule.Until == null || schedule.Until >= today));
        var bulletins = new HashSet<long>();
        // An audience is stored as text, so it is looked through here, one after another.
        var each = open.Select(schedule => new { schedule.BulletinId, schedule.Audience }).AsAsyncEnumerable();
        await foreach (var schedule in each.WithCancellation(cancellationToken))
        {
            if (schedule.Audience.Groups.Contains(group))
            {
                bulletins.Add(schedule.BulletinId);
            }
        }

        return await db.Bulletins.Where(bulletin => bulletins.Contains(bulletin.Id)).OrderBy(bulletin => bulletin.Id)
            .Select(bulletin => bulletin.Title).ToListAsync(cancellationToken);
    }
}
