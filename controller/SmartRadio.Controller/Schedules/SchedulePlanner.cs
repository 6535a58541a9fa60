using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Makes the broadcasts of schedules, up to <see cref="ScheduleOptions.PlanAhead"/> from now. It goes on from
/// <see cref="Schedule.PlannedThrough"/>, which moves in the same transaction as the last repeat of an air time is made, so it
/// may be called as often as one likes and be killed at any instant: a repeat becomes a broadcast exactly once. One whose latest
/// start has passed, or whose bulletin was not approved before its start, is recorded as missed and never played.
/// </summary>
public sealed class SchedulePlanner(
    IDbContextFactory<RadioDb> databases,
    AuditedChanges changes,
    BroadcastMaker maker,
    AirTimes airTimes,
    ScheduleTriggers triggers,
    IOptions<ScheduleOptions> options,
    LocalTime local,
    ILogger<SchedulePlanner> logger)
    : IReactTo<ScheduleAdded>, IReactTo<ScheduleChanged>, IReactTo<BulletinApproved>, IDisposable
{
    // An emergency waits for the turn in progress: 24 repeats for a province are made in as many.
    private const int TargetsATurn = 2000;

    private readonly SemaphoreSlim _turn = new(1);

    public Task ReactAsync(ScheduleAdded happened, CancellationToken cancellationToken) =>
        PlanAsync(happened.Schedule.Id, cancellationToken);

    public Task ReactAsync(ScheduleChanged happened, CancellationToken cancellationToken) =>
        PlanAsync(happened.Schedule.Id, cancellationToken);

    public Task ReactAsync(BulletinApproved happened, CancellationToken cancellationToken) =>
        PlanEachAsync(schedule => schedule.BulletinId == happened.BulletinId, cancellationToken);

    /// <summary>Takes one schedule to the horizon.</summary>
    /// <returns>False when there is no such schedule or it is cancelled.</returns>
    public async Task<bool> PlanAsync(long scheduleId, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // Never waits in the simulation: planning ends within one step.
        await _turn.WaitAsync(cancellationToken);
#pragma warning restore RS0030
        try
        {
            while (await NextAsync(scheduleId, cancellationToken) is { } next)
            {
                if (next.Air is not { } air || !await PlanAsync(next.Schedule, air, cancellationToken))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Takes every schedule to the horizon and offers its trigger to Quartz again. One that fails does not hold up the others.
    /// </summary>
    public Task PlanAllAsync(CancellationToken cancellationToken) => PlanEachAsync(_ => true, cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task PlanEachAsync(Expression<Func<Schedule, bool>> which, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = db.Schedules.AsNoTracking().Where(schedule => schedule.CancelledAt == null).Where(which);
        // Thousands of schedules may each name thousands of nodes: one at a time is held.
        foreach (var id in await open.Select(schedule => schedule.Id).ToListAsync(cancellationToken))
        {
            try
            {
                if (await open.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } schedule)
                {
                    await triggers.EnsureAsync(schedule, cancellationToken);
                    await PlanAsync(id, cancellationToken);
                }
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "Schedule {Schedule} could not be planned; tried again within the hour", id);
            }
        }
    }

    private async Task<(Schedule Schedule, DateTimeOffset? Air)?> NextAsync(long scheduleId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var schedule = await db.Schedules.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == scheduleId && row.CancelledAt == null, cancellationToken);
        if (schedule is null)
        {
            return null;
        }

        var air = airTimes.NextAfter(schedule, schedule.PlannedThrough);
        return (schedule, air <= local.Now + options.Value.PlanAhead ? air : null);
    }

    /// <returns>False when nothing further can be planned now.</returns>
    private async Task<bool> PlanAsync(Schedule seen, DateTimeOffset air, CancellationToken cancellationToken)
    {
        try
        {
            await changes.ApplyAsync(
                Actor.Program, Right.Write, "schedule.plan",
                (change, token) => MakeAsync(change, seen, air, token), cancellationToken);
            return true;
        }
        catch (RefusedException refused)
            when (refused.Refusal is ScheduleRefusal.UnknownSchedule or BroadcastRefusal.AudienceHasNoNodes
                or BulletinRefusal.NotApproved)
        {
            logger.LogInformation(
                "Schedule {Schedule} cannot be planned for {Air} now: {Refusal}", seen.Id, air, refused.Refusal);
            return false;
        }
    }

    private async Task<ChangeReport<IReadOnlyList<Broadcast>>> MakeAsync(
        Change change, Schedule seen, DateTimeOffset air, CancellationToken cancellationToken)
    {
        var db = change.Db;
        change.Everywhere();
        // Meanwhile somebody may have cancelled it, or another controller planned this very time.
        var schedule = await db.Schedules.SingleOrDefaultAsync(
            row => row.Id == seen.Id && row.CancelledAt == null && row.PlannedThrough == seen.PlannedThrough, cancellationToken)
            ?? throw new RefusedException(ScheduleRefusal.UnknownSchedule, seen.Id);
        var bulletin = await db.Bulletins.SingleAsync(row => row.Id == schedule.BulletinId, cancellationToken);
        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var audience = await ScheduleChanges.PresentAsync(db, tree, schedule.Audience, cancellationToken);
        var nodes = audience.IsEmpty ? [] : await AudienceNodes.ResolveAsync(db, tree, audience, cancellationToken);
        var starts = await StartsAsync(db, schedule, air, cancellationToken);
        var due = DueOf(bulletin, starts, air);
        var latest = local.Now - schedule.Tolerance;
        if (audience.IsEmpty && starts.Exists(start => start >= latest))
        {
            // A node that joins before the time will still hear it.
            throw new RefusedException(BroadcastRefusal.AudienceHasNoNodes);
        }

        var fitting = audience.IsEmpty ? 0 : Math.Max(1, TargetsATurn / nodes.Count);
        var made = new List<Broadcast>();
        foreach (var start in due.Take(fitting))
        {
            var draft = new BroadcastDraft(schedule.Class, audience, start, schedule.Tolerance)
            {
                ScheduleId = schedule.Id,
                CreatedById = schedule.CreatedById,
                Rank = schedule.Rank,
                IsExercise = schedule.IsExercise,
                Missed = start < latest || !(bulletin.ApprovedAt < start),
            };
            made.Add(await maker.MakeAsync(db, nodes, bulletin, draft, cancellationToken));
        }

        if (audience.IsEmpty || made.Count == starts.Count)
        {
            schedule.PlannedThrough = air;
        }

        await db.SaveChangesAsync(cancellationToken);
        if (made.Exists(row => row.State == BroadcastState.Planned))
        {
            await PlanNumbers.RaiseAsync(change, nodes.Select(node => node.Id), cancellationToken);
        }

        change.Happens(new BroadcastsChanged(made.ConvertAll(row => row.Id)));
        var detail = new
        {
            Air = air,
            Broadcasts = made.Select(row => row.Id),
            Missed = made.Count(
            row => row.State == BroadcastState.Missed)
        };
        return change.Report<IReadOnlyList<Broadcast>>(made, $"schedule {schedule.Id}", detail);
    }

    /// <summary>Those that can be made now: until its bulletin is approved, nothing but what has passed.</summary>
    /// <exception cref="RefusedException">None can: the bulletin waits for approval, or was withdrawn meanwhile.</exception>
    private List<DateTimeOffset> DueOf(Bulletin bulletin, List<DateTimeOffset> starts, DateTimeOffset air)
    {
        var now = local.Now;
        if (bulletin.State is BulletinState.Waiting or BulletinState.Returned && air <= now)
        {
            var passed = starts.FindAll(start => start <= now);
            if (passed.Count > 0 || starts.Count == 0)
            {
                return passed;
            }
        }

        BroadcastMaker.CheckApproved(bulletin);
        return starts;
    }

    /// <summary>The repeats of an air time that are still to be made: a turn may not have been long enough for all.</summary>
    private static async Task<List<DateTimeOffset>> StartsAsync(
        RadioDb db, Schedule schedule, DateTimeOffset air, CancellationToken cancellationToken)
    {
        var starts = schedule.Repeated(air).ToList();
        var last = starts[^1];
        var made = await db.Broadcasts
            .Where(row => row.ScheduleId == schedule.Id && row.Start >= air && row.Start <= last)
            .Select(row => row.Start).ToListAsync(cancellationToken);
        starts.RemoveAll(made.Contains);
        return starts;
    }
}
