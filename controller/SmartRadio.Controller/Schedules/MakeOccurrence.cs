using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Makes one broadcast of a schedule long before the planner comes to it, so that it can be moved, given another bulletin or
/// cancelled by itself. The planner leaves out what is made already.
/// </summary>
public sealed class MakeOccurrence(AuditedChanges changes, BroadcastMaker maker, AirTimes airTimes, LocalTime local)
{
    /// <param name="id">The schedule.</param>
    /// <param name="start">A start that its rule gives, a repeat's too.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The broadcast; the one that is there already, if there is one.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.UnknownSchedule"/>; <see cref="ScheduleRefusal.NoBroadcastThen"/>: the rule gives no such start,
    /// or the broadcast of it was cancelled or moved; <see cref="BroadcastRefusal.StartInPast"/>,
    /// <see cref="BroadcastRefusal.StartTooFar"/>, <see cref="BroadcastRefusal.AlreadyOver"/>,
    /// <see cref="BroadcastRefusal.AudienceHasNoNodes"/>, or the bulletin was withdrawn.
    /// </exception>
    public Task<Broadcast> HandleAsync(long id, DateTimeOffset start, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(
            actor, Right.Write, "schedule.make", (change, token) => MakeAsync(change, id, start, token), cancellationToken);

    /// <summary>The air time one of whose repeats starts then; null when the rule gives none.</summary>
    /// <param name="schedule">Any.</param>
    /// <param name="start">What is asked for.</param>
    public DateTimeOffset? AirTimeOf(Schedule schedule, DateTimeOffset start)
    {
        var span = schedule.Repeated(start).Last() - start;
        var next = airTimes.NextAfter(schedule, start - span - TimeSpan.FromTicks(1));
        for (; next is { } air && air <= start; next = airTimes.NextAfter(schedule, air))
        {
            if (schedule.Repeated(air).Contains(start))
            {
                return air;
            }
        }

        return null;
    }

    private async Task<ChangeReport<Broadcast>> MakeAsync(
        Change change, long id, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var schedule = await ScheduleChanges.FindAsync(change, id, cancellationToken);
        MoveBroadcast.CheckStart(start, local.Now);
        var there = await db.Broadcasts.FirstOrDefaultAsync(
            row => row.ScheduleId == id && row.Start == start, cancellationToken);
        if (there is { State: BroadcastState.Planned })
        {
            return change.Report(there, $"broadcast {there.Id}", new { Schedule = id, there.Start });
        }

        var bulletin = await db.Bulletins.SingleAsync(row => row.Id == schedule.BulletinId, cancellationToken);
        if (there is not null || AirTimeOf(schedule, start) is null)
        {
            throw new RefusedException(ScheduleRefusal.NoBroadcastThen, start);
        }

        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var audience = await ScheduleChanges.PresentAsync(db, tree, schedule.Audience, cancellationToken);
        if (audience.IsEmpty)
        {
            throw new RefusedException(BroadcastRefusal.AudienceHasNoNodes);
        }

        var nodes = await AudienceNodes.ResolveAsync(db, tree, audience, cancellationToken);
        var draft = new BroadcastDraft(schedule.Class, audience, start, schedule.Tolerance)
        {
            ScheduleId = id,
            CreatedById = schedule.CreatedById,
            Rank = schedule.Rank,
            IsExercise = schedule.IsExercise,
        };
        var made = await maker.MakeAsync(db, nodes, bulletin, draft, cancellationToken);
        await PlanNumbers.RaiseAsync(change, nodes.Select(node => node.Id), cancellationToken);
        change.Happens(new BroadcastsChanged([made.Id]));
        return change.Report(made, $"broadcast {made.Id}", new { Schedule = id, made.Start });
    }
}
