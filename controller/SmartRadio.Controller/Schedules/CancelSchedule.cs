using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Schedules;

/// <summary>Ends a schedule and takes its broadcasts that have not begun out of the nodes' plans. One on air plays on.</summary>
public sealed class CancelSchedule(AuditedChanges changes, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.UnknownSchedule"/>, <see cref="BroadcastRefusal.AlreadyOver"/>.
    /// </exception>
    public Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(
            actor, Right.Write, "schedule.cancel", (change, token) => CancelAsync(change, id, token), cancellationToken);

    private async Task<ChangeReport<Schedule>> CancelAsync(Change change, long id, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var schedule = await db.Schedules.FindAsync([id], cancellationToken)
            ?? throw new RefusedException(ScheduleRefusal.UnknownSchedule, id);
        change.At(await AudienceNodes.AreasAsync(db, schedule.Audience, cancellationToken));
        if (schedule.CancelledAt is not null)
        {
            throw new RefusedException(BroadcastRefusal.AlreadyOver, id);
        }

        var now = local.Now;
        schedule.CancelledAt = now;
        var ahead = await db.Broadcasts.Include(broadcast => broadcast.Targets)
            .Where(broadcast => broadcast.ScheduleId == id && broadcast.State == BroadcastState.Planned && broadcast.Start > now)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        var nodes = ahead.SelectMany(broadcast => broadcast.Stop(now, AreaScope.Everywhere)).ToHashSet(StringComparer.Ordinal);
        await db.SaveChangesAsync(cancellationToken);
        await PlanNumbers.RaiseAsync(change, nodes, cancellationToken);
        var ids = ahead.ConvertAll(broadcast => broadcast.Id);
        change.Happens(new ScheduleCancelled(id));
        change.Happens(new BroadcastsChanged(ids));
        return change.Report(schedule, $"schedule {id}", new { Broadcasts = ids });
    }
}
