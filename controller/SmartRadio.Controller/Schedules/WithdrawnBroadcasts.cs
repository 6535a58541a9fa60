using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Has what a change of a schedule withdrew made again, as new broadcasts: a node may have answered already that it dropped the
/// old ones.
/// </summary>
public sealed class WithdrawnBroadcasts(
    MoveBroadcast move, MakeOccurrence occurrences, HeardBulletin heard, AirTimes airTimes)
{
    /// <summary>Air times are whole seconds.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <param name="change">In progress.</param>
    /// <param name="schedule">Of which.</param>
    /// <param name="withdrawn">When.</param>
    /// <param name="now">The instant of the change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.AuthorIsApprover"/>: its bulletin was approved while it aired nothing.
    /// </exception>
    public async Task MakeAgainAsync(
        Change change, Schedule schedule, DateTimeOffset withdrawn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = change.Db;
        await CheckApprovalAsync(change, schedule, now, cancellationToken);
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

        var again = gone.Except(own).ToList();
        again.ForEach(row => row.ScheduleId = null);
        // An air time that has begun is gone through again for the repeats that are to come; what was aired of it is there.
        var first = again.Count > 0 ? occurrences.AirTimeOf(schedule, again.Min(row => row.Start)) : null;
        var through = first <= now ? first.Value - Step : now;
        schedule.PlannedThrough = through < schedule.PlannedThrough ? through : schedule.PlannedThrough;
        await db.SaveChangesAsync(cancellationToken);
        change.Happens(new ScheduleChanged(schedule));
    }

    /// <summary>Four eyes: nothing was checked when it was approved, for nothing was to be aired then.</summary>
    private async Task CheckApprovalAsync(
        Change change, Schedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var bulletin = await db.Bulletins.SingleAsync(row => row.Id == schedule.BulletinId, cancellationToken);
        if (!bulletin.IsApproved || airTimes.NextAfter(schedule, now) is null)
        {
            return;
        }

        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var named = await AudienceNodes.AreasAsync(db, schedule.Audience, cancellationToken);
        var areas = AudienceNodes.Reached(tree, schedule.Audience, named);
        await heard.CheckAsync(change, bulletin, tree, areas, cancellationToken);
    }
}
