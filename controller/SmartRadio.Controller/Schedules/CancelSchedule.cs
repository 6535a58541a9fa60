using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>Ends a schedule and takes its broadcasts that have not begun out of the nodes' plans. One on air plays on.</summary>
public sealed class CancelSchedule(AuditedChanges changes, ScheduleTriggers triggers, PlanSync plans, ChangeFeed feed, LocalTime local)
{
    /// <exception cref="RefusedException"><see cref="Refusal.UnknownSchedule"/>, <see cref="Refusal.AlreadyOver"/>.</exception>
    public async Task HandleAsync(long id, Actor actor, CancellationToken cancel)
    {
        var nodes = await changes.ApplyAsync(actor, "schedule.cancel", (db, token) => CancelAsync(db, id, token), cancel);
        feed.Changed(Feed.Schedules);
        feed.Changed(Feed.Broadcasts);
        plans.Send(nodes);
        await triggers.RemoveAsync(id, cancel);
    }

    private async Task<ChangeReport<IReadOnlyCollection<string>>> CancelAsync(RadioDb db, long id, CancellationToken cancel)
    {
        var schedule = await db.Schedules.FindAsync([id], cancel) ?? throw new RefusedException(Refusal.UnknownSchedule, id);
        if (schedule.CancelledAt is not null)
        {
            throw new RefusedException(Refusal.AlreadyOver, id);
        }

        var now = local.Now;
        schedule.CancelledAt = now;
        var ahead = await db.Broadcasts.Include(broadcast => broadcast.Targets)
            .Where(broadcast => broadcast.ScheduleId == id && broadcast.State == BroadcastState.Planned && broadcast.Start > now)
            .AsSplitQuery()
            .ToListAsync(cancel);
        var nodes = ahead.SelectMany(broadcast => broadcast.Stop(now)).ToHashSet(StringComparer.Ordinal);
        await BroadcastMaker.CountUpPlansAsync(db, nodes, cancel);
        return new ChangeReport<IReadOnlyCollection<string>>(nodes, $"schedule {id}", new { Broadcasts = ahead.Select(broadcast => broadcast.Id) });
    }
}
