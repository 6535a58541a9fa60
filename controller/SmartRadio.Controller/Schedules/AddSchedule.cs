using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <param name="BulletinId">An approved bulletin, or one that waits for approval.</param>
/// <param name="Class">Normal, priority or emergency.</param>
/// <param name="Audience">Who hears it.</param>
/// <param name="Rule">When it is aired.</param>
/// <param name="Tolerance">
/// How late a node may still start it; null = the usual, or as the schedule that it changes if nobody said which goes first.
/// </param>
public sealed record ScheduleRequest(
    long BulletinId, BroadcastClass Class, Audience Audience, RecurrenceRule Rule, TimeSpan? Tolerance)
{
    /// <summary>
    /// Whether it is aired before others of its class that start at the same instant on the same nodes, or after them; either way
    /// each waits for its turn. Null = nobody said: after them, a changed schedule as before, and none waits longer than else.
    /// </summary>
    public bool? GoesFirst { get; init; }

    /// <summary>It is aired although the same bulletin starts at the same instant on some of the same nodes already.</summary>
    public bool AllowsDouble { get; init; }
}

/// <summary>Plans a bulletin for once or for always.</summary>
public sealed class AddSchedule(
    AuditedChanges changes,
    BroadcastRules rules,
    HeardBulletin heard,
    AirTimes airTimes,
    AudienceCheck audiences,
    IOptions<BroadcastOptions> options,
    ScheduleLimits limits,
    LocalTime local)
{
    /// <exception cref="RefusedException">
    /// The rule, the audience or the bulletin is not accepted; see <see cref="ScheduleRules"/>. There are too many schedules,
    /// or they name too many areas and nodes. <see cref="ScheduleRefusal.AiredThenAlready"/>, unless it may be.
    /// </exception>
    public async Task<Schedule> HandleAsync(ScheduleRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var (schedule, first) = Draft(request, actor);
        await audiences.CheckAsync(request.Audience, cancellationToken);
        return await changes.ApplyAsync(actor, Right.Write, "schedule.add", async (change, token) =>
        {
            await StoreAsync(change, schedule, first, request, isExercise: null, token);
            return change.Report(schedule, $"schedule {schedule.Id}", DetailOf(schedule));
        }, cancellationToken);
    }

    /// <summary>The row of a request that is sound in itself, and its first air time.</summary>
    /// <exception cref="RefusedException">See <see cref="ScheduleRules"/>.</exception>
    internal (Schedule Schedule, DateTimeOffset First) Draft(ScheduleRequest request, Actor actor)
    {
        var author = actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);
        var now = local.Now;
        ScheduleRules.Check(request, local.Today);
        var rule = request.Rule;
        var schedule = new Schedule
        {
            BulletinId = request.BulletinId,
            Class = request.Class,
            Audience = request.Audience.WithoutRepeats(),
            Recurrence = rule.Recurrence,
            From = rule.From,
            Times = [.. rule.Times.Select(at => new TimeOnly(at.Hour, at.Minute, at.Second)).Distinct().Order()],
            Until = rule.Until,
            Pauses = [.. rule.Pauses.OrderBy(pause => pause.From)],
            Holidays = rule.Holidays,
            Weekdays = rule.Weekdays.Distinct().Sum(day => 1 << (int)day),
            Repeats = rule.Repeats,
            Distance = rule.Distance,
            Tolerance = request.Tolerance ?? options.Value.Tolerance,
            PlannedThrough = now,
            CreatedById = author,
            CreatedAt = now,
            // Asked to go first it goes before all that were there, those that went first too.
            Rank = (request.GoesFirst == true ? -1 : 1) * now.ToUnixTimeMilliseconds(),
        };
        var first = airTimes.NextAfter(schedule, now) ?? throw new RefusedException(
            rule.Recurrence == Recurrence.Once ? BroadcastRefusal.StartInPast : ScheduleRefusal.NoOccurrence,
            local.InstantOf(rule.From, schedule.Times[^1]));
        schedule.Last = rule.Count is { } count ? LastOf(schedule, first, count) : null;
        return (schedule, first);
    }

    /// <summary>Stores a draft, once all is checked that the database knows.</summary>
    /// <exception cref="RefusedException">As <see cref="HandleAsync"/> says.</exception>
    internal async Task StoreAsync(
        Change change, Schedule schedule, DateTimeOffset first, ScheduleRequest request, bool? isExercise,
        CancellationToken cancellationToken)
    {
        var db = change.Db;
        var named = await AudienceNodes.AreasAsync(db, schedule.Audience, cancellationToken);
        change.At(named);
        var bulletin = await HeardBulletin.FindAsync(change, schedule.BulletinId, cancellationToken);
        await limits.CheckAsync(db, schedule, cancellationToken);
        ScheduleRules.CheckSpan(schedule, bulletin.Length);
        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        await AudienceNodes.ResolveAsync(db, tree, schedule.Audience, cancellationToken);
        var areas = AudienceNodes.Reached(tree, schedule.Audience, named);
        if (!await WaitingSchedules.MayWaitAsync(db, bulletin, cancellationToken))
        {
            await heard.CheckAsync(change, bulletin, tree, areas, cancellationToken);
        }

        CheckQuietHours(schedule, first, bulletin.Length, tree, areas);
        // What takes the place of another is what that one was.
        schedule.IsExercise = isExercise ?? BroadcastRules.IsExercise(tree, areas, schedule.Class, local.Now);
        db.Schedules.Add(schedule);
        await db.SaveChangesAsync(cancellationToken);
        change.Happens(new ScheduleAdded(schedule, request.GoesFirst, request.AllowsDouble));
    }

    /// <exception cref="RefusedException"><see cref="BroadcastRefusal.InQuietHours"/>.</exception>
    internal void CheckQuietHours(
        Schedule schedule, DateTimeOffset first, TimeSpan length, AreaTree tree, IReadOnlyCollection<long> areas)
    {
        // The wall clock shows the same on every day, so the first stands for all.
        var day = DateOnly.FromDateTime(local.Of(first));
        foreach (var start in schedule.Times.SelectMany(at => schedule.Repeated(local.InstantOf(day, at))))
        {
            rules.CheckQuietHours(tree, areas, schedule.Class, start, length);
        }
    }

    /// <summary>What the audit log holds of a schedule.</summary>
    internal static object DetailOf(Schedule schedule) => new
    {
        schedule.BulletinId,
        Class = schedule.Class.ToString(),
        Recurrence = schedule.Recurrence.ToString(),
        schedule.From,
        schedule.Times,
        schedule.Until,
        schedule.Last,
        schedule.Pauses,
        Holidays = schedule.Holidays.ToString(),
        schedule.Repeats,
        schedule.Distance,
        schedule.Audience,
        schedule.IsExercise,
    };

    private DateTimeOffset? LastOf(Schedule schedule, DateTimeOffset first, int count)
    {
        DateTimeOffset? last = first;
        for (var made = 1; made < count && last is { } air; made++)
        {
            last = airTimes.NextAfter(schedule, air);
        }

        return last;
    }
}
