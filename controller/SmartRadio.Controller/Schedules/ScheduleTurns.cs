using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Has a new schedule and others of its class that start at the same instant aired one after another, where somebody said which
/// is first. The order is in <see cref="Schedule.Rank"/>; whoever comes later is given the time to wait. The same bulletin is
/// aired twice at an instant only if somebody wants it so.
/// </summary>
public sealed class ScheduleTurns(ClashQuery clashes, AirTimes airTimes, TimeProvider time) : ITakePartIn<ScheduleAdded>
{
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.AiredThenAlready"/>, <see cref="ScheduleRefusal.OrderOfOthers"/>.
    /// </exception>
    public async Task TakePartAsync(Change change, ScheduleAdded happening, CancellationToken cancellationToken)
    {
        var (db, schedule) = (change.Db, happening.Schedule);
        if ((happening.GoesFirst is null && happening.AllowsDouble)
            || airTimes.NextAfter(schedule, schedule.PlannedThrough) is not { } first)
        {
            return;
        }

        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var nodes = await AudienceNodes.ResolveAsync(db, tree, schedule.Audience, cancellationToken);
        var length = await db.Bulletins.Where(row => row.Id == schedule.BulletinId).Select(row => row.Length)
            .SingleAsync(cancellationToken);
        var found = await clashes.FindAsync(db, schedule, first, length, tree, nodes, schedule.Id, cancellationToken);
        if (!happening.AllowsDouble && found.FirstOrDefault(each => each.Outcome == ClashOutcome.Double) is { } twice)
        {
            throw new RefusedException(ScheduleRefusal.AiredThenAlready, twice.Title, twice.At);
        }

        if (happening.GoesFirst is not { } goesFirst)
        {
            return;
        }

        var together = found.Where(clash => clash.IsTogether).ToList();
        if (goesFirst)
        {
            foreach (var clash in together)
            {
                await HoldAsync(change, clash, length, cancellationToken);
            }

            await PlanNumbers.RaiseAsync(change, nodes.Select(node => node.Id), cancellationToken);
        }
        else
        {
            together.ForEach(clash => schedule.Tolerance = Longer(schedule.Tolerance, clash.Length));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Gives another one the time to wait for the end of the new one.</summary>
    private async Task HoldAsync(Change change, Clash clash, TimeSpan length, CancellationToken cancellationToken)
    {
        var (db, now) = (change.Db, time.GetUtcNow());
        var other = clash.ScheduleId is { } id ? await db.Schedules.FindAsync([id], cancellationToken) : null;
        var planned = await db.Broadcasts
            .Where(row => (row.Id == clash.BroadcastId || (other != null && row.ScheduleId == clash.ScheduleId))
                && row.State == BroadcastState.Planned && row.Start > now)
            .ToListAsync(cancellationToken);
        var audiences = planned.ConvertAll(row => row.Audience);
        if (other is not null)
        {
            audiences.Add(other.Audience);
            other.Tolerance = Longer(other.Tolerance, length);
        }

        foreach (var audience in audiences)
        {
            if (!(await AudienceNodes.AreasAsync(db, audience, cancellationToken)).All(area => change.Scope.Holds(area)))
            {
                throw new RefusedException(ScheduleRefusal.OrderOfOthers, clash.Title);
            }
        }

        planned.ForEach(row => row.LatestStart = row.Start + Longer(row.LatestStart - row.Start, length));
    }

    private static TimeSpan Longer(TimeSpan tolerance, TimeSpan wait) => tolerance + wait < BroadcastRules.MaxTolerance
        ? tolerance + wait
        : BroadcastRules.MaxTolerance;
}
