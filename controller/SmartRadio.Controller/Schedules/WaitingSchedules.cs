using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Schedules of bulletins that nobody has approved yet: whoever approves sees where and when it is to be aired. They make no
/// broadcasts until then, see <see cref="SchedulePlanner"/>.
/// </summary>
public sealed class WaitingSchedules(HeardBulletin heard, AddSchedule add, AirTimes airTimes, LocalTime local)
    : ITakePartIn<BulletinApproved>, ITakePartIn<BulletinVersionAdded>
{
    /// <summary>Whether a bulletin may be scheduled though nobody has approved it yet.</summary>
    /// <returns>False for one that is approved or withdrawn.</returns>
    /// <exception cref="RefusedException"><see cref="ScheduleRefusal.BulletinReturned"/>.</exception>
    internal static async Task<bool> MayWaitAsync(RadioDb db, Bulletin bulletin, CancellationToken cancellationToken)
    {
        if (bulletin.State is BulletinState.Approved or BulletinState.Withdrawn)
        {
            return false;
        }

        return await BulletinFilter.Waiting.Of(db, db.Bulletins).AnyAsync(row => row.Id == bulletin.Id, cancellationToken)
            ? true
            : throw new RefusedException(ScheduleRefusal.BulletinReturned, bulletin.Title);
    }

    /// <summary>Four eyes wherever it is scheduled: it was not checked when that was done.</summary>
    /// <exception cref="RefusedException"><see cref="BulletinRefusal.AuthorIsApprover"/>.</exception>
    public async Task TakePartAsync(Change change, BulletinApproved happening, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var bulletin = await db.Bulletins.SingleAsync(row => row.Id == happening.BulletinId, cancellationToken);
        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        foreach (var schedule in await OpenAsync(db, bulletin.Id, cancellationToken))
        {
            var named = await AudienceNodes.AreasAsync(db, schedule.Audience, cancellationToken);
            var areas = AudienceNodes.Reached(tree, schedule.Audience, named);
            await heard.CheckAsync(change, bulletin, tree, areas, cancellationToken);
        }
    }

    /// <summary>
    /// A new version of a bulletin that was never approved takes its schedules along, as far as the same person wrote it and may
    /// schedule there: nothing was aired that it would take the place of.
    /// </summary>
    /// <exception cref="RefusedException">
    /// It is longer, and too long for its schedules; see <see cref="ScheduleRules.CheckSpan"/> and
    /// <see cref="AddSchedule.CheckQuietHours"/>.
    /// </exception>
    public async Task TakePartAsync(Change change, BulletinVersionAdded happening, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var before = await db.Bulletins.SingleAsync(row => row.Id == happening.PreviousId, cancellationToken);
        if (before.State is BulletinState.Approved or BulletinState.Withdrawn || before.CreatedById != change.Actor.PersonId)
        {
            return;
        }

        var next = await db.Bulletins.SingleAsync(row => row.Id == happening.BulletinId, cancellationToken);
        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        foreach (var schedule in await OpenAsync(db, before.Id, cancellationToken))
        {
            var named = await AudienceNodes.AreasAsync(db, schedule.Audience, cancellationToken);
            if (named.All(area => change.Scope.Holds(area)))
            {
                if (next.Length > before.Length)
                {
                    CheckLength(schedule, next.Length, tree, named);
                }

                schedule.BulletinId = happening.BulletinId;
                change.Happens(new ScheduleChanged(schedule));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private void CheckLength(Schedule schedule, TimeSpan length, AreaTree tree, IReadOnlyList<long> named)
    {
        ScheduleRules.CheckSpan(schedule, length);
        if (airTimes.NextAfter(schedule, local.Now) is { } air)
        {
            add.CheckQuietHours(schedule, air, length, tree, AudienceNodes.Reached(tree, schedule.Audience, named));
        }
    }

    private async Task<List<Schedule>> OpenAsync(RadioDb db, long bulletin, CancellationToken cancellationToken) =>
        (await db.Schedules.Where(row => row.BulletinId == bulletin && row.CancelledAt == null).OrderBy(row => row.Id)
            .ToListAsync(cancellationToken))
        .FindAll(schedule => airTimes.NextAfter(schedule, local.Now) is not null);
}
