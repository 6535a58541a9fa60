using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Has the schedules that air an earlier version of a bulletin air this one from now on, with all that they made already and
/// nobody has heard. What somebody moved by itself stays moved; what he gave another bulletin or cancelled stays so.
/// </summary>
public sealed class UseNewVersion(
    AuditedChanges changes, AddSchedule add, MoveBroadcast move, HeardBulletin heard, AirTimes airTimes, LocalTime local)
{
    /// <param name="bulletinId">The version to air.</param>
    /// <param name="actor">Who asks; schedules outside his areas are left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many schedules air it from now on.</returns>
    /// <exception cref="RefusedException">
    /// The bulletin may not be aired by one of the schedules, as <see cref="AddSchedule"/> and <see cref="MoveBroadcast"/> say:
    /// then none is changed.
    /// </exception>
    public Task<int> HandleAsync(long bulletinId, Actor actor, CancellationToken cancellationToken) => changes.ApplyAsync(
        actor, Right.Write, "schedule.new-version", (change, token) => UseAsync(change, bulletinId, token), cancellationToken);

    /// <summary>Schedules of earlier versions of a bulletin; some may be over.</summary>
    internal static IQueryable<Schedule> Behind(RadioDb db, Bulletin bulletin)
    {
        var root = bulletin.RootId ?? bulletin.Id;
        return db.Schedules.Where(schedule => schedule.CancelledAt == null && db.Bulletins.Any(
            each => each.Id == schedule.BulletinId && (each.RootId ?? each.Id) == root && each.Version < bulletin.Version));
    }

    private async Task<ChangeReport<int>> UseAsync(Change change, long bulletinId, CancellationToken cancellationToken)
    {
        change.WithinScope();
        var bulletin = await HeardBulletin.FindAsync(change, bulletinId, cancellationToken);
        BroadcastMaker.CheckApproved(bulletin);
        var tree = await AreaQuery.LoadAsync(change.Db, cancellationToken);
        var ids = new List<long>();
        foreach (var schedule in await Behind(change.Db, bulletin).OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            var named = await AudienceNodes.AreasAsync(change.Db, schedule.Audience, cancellationToken);
            if (airTimes.NextAfter(schedule, local.Now) is not { } next || !named.All(area => change.Scope.Holds(area)))
            {
                continue;
            }

            var areas = AudienceNodes.Reached(tree, schedule.Audience, named);
            ScheduleRules.CheckSpan(schedule, bulletin.Length);
            await heard.CheckAsync(change, bulletin, tree, areas, cancellationToken);
            add.CheckQuietHours(schedule, next, bulletin.Length, tree, areas);
            await ReplaceAsync(change, schedule, bulletin, cancellationToken);
            ids.Add(schedule.Id);
        }

        return change.Report(ids.Count, $"bulletin {bulletinId}", new { Schedules = ids });
    }

    private async Task ReplaceAsync(
        Change change, Schedule schedule, Bulletin bulletin, CancellationToken cancellationToken)
    {
        var (db, now) = (change.Db, local.Now);
        var old = schedule.BulletinId;
        var planned = await db.Broadcasts.AsNoTracking()
            .Where(row => row.ScheduleId == schedule.Id && row.BulletinId == old && row.State == BroadcastState.Planned
                && row.Start > now)
            .OrderBy(row => row.Start).Select(row => new { row.Id, row.Start })
            .ToListAsync(cancellationToken);
        schedule.BulletinId = bulletin.Id;
        await db.SaveChangesAsync(cancellationToken);
        foreach (var broadcast in planned)
        {
            await move.MoveWithinAsync(
                change, broadcast.Id, new MoveRequest(broadcast.Start, bulletin.Id), cancellationToken);
        }

        change.Happens(new ScheduleChanged(schedule));
    }
}
