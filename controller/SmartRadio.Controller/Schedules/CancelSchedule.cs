using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

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
        var ids = await db.Broadcasts
            .Where(broadcast => broadcast.ScheduleId == id && broadcast.State == BroadcastState.Planned && broadcast.Start > now)
            .Select(broadcast => broadcast.Id).ToListAsync(cancellationToken);
        var nodes = await StopAsync(db, ids, now, cancellationToken);
        await PlanNumbers.RaiseAsync(change, nodes, cancellationToken);
        change.Happens(new ScheduleCancelled(id));
        change.Happens(new BroadcastsChanged(ids));
        return change.Report(schedule, $"schedule {id}", new { Broadcasts = ids });
    }

    /// <summary>
    /// Does to all of them together what <see cref="Broadcast.Stop"/> does to one: a week of repeats for a province has hundreds
    /// of thousands of targets, and an emergency waits for the turn in which they are written.
    /// </summary>
    /// <returns>The nodes whose plan this changes.</returns>
    private static async Task<List<string>> StopAsync(
        RadioDb db, List<long> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var concerned = db.Targets.Where(target =>
            ids.Contains(target.BroadcastId) && target.State < TargetState.Played && target.StoppedAt == null);
        var nodes = await concerned.Select(target => target.NodeId).Distinct().ToListAsync(cancellationToken);
        await db.Broadcasts.Where(broadcast => ids.Contains(broadcast.Id)).ExecuteUpdateAsync(
            set => set
                .SetProperty(broadcast => broadcast.State, BroadcastState.Stopped)
                .SetProperty(broadcast => broadcast.StoppedAt, now),
            cancellationToken);
        await concerned.ExecuteUpdateAsync(
            set => set
                .SetProperty(target => target.StoppedAt, now)
                .SetProperty(
                    target => target.Reason, target => target.State < TargetState.Playing ? ReceiptReason.Stopped : target.Reason)
                .SetProperty(
                    target => target.State, target => target.State < TargetState.Playing ? TargetState.Missed : target.State),
            cancellationToken);
        return nodes;
    }
}
