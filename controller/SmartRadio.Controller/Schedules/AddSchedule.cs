using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <param name="BulletinId">An approved bulletin.</param>
/// <param name="Class">Normal, priority or emergency.</param>
/// <param name="Audience">Who hears it.</param>
/// <param name="Rule">When it is aired.</param>
/// <param name="Tolerance">How late a node may still start it; null = the usual.</param>
public sealed record ScheduleRequest(
    long BulletinId, BroadcastClass Class, Audience Audience, RecurrenceRule Rule, TimeSpan? Tolerance);

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
    /// or they name too many areas and nodes.
    /// </exception>
    public async Task<Schedule> HandleAsync(ScheduleRequest request, Actor actor, CancellationToken cancellationToken)
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
            At = new TimeOnly(rule.At.Hour, rule.At.Minute, rule.At.Second),
            Until = rule.Until,
            Weekdays = rule.Weekdays.Distinct().Sum(day => 1 << (int)day),
            Repeats = rule.Repeats,
            Gap = rule.Gap,
            Tolerance = request.Tolerance ?? options.Value.Tolerance,
            PlannedThrough = now,
            CreatedById = author,
            CreatedAt = now,
        };
        var first = airTimes.NextAfter(schedule, now) ?? throw new RefusedException(
            rule.Recurrence == Recurrence.Once ? BroadcastRefusal.StartInPast : ScheduleRefusal.NoOccurrence,
            local.InstantOf(rule.From, schedule.At));
        await audiences.CheckAsync(request.Audience, cancellationToken);
        return await changes.ApplyAsync(
            actor, Right.Write, "schedule.add", (change, token) => StoreAsync(change, schedule, first, token), cancellationToken);
    }

    private async Task<ChangeReport<Schedule>> StoreAsync(
        Change change, Schedule schedule, DateTimeOffset first, CancellationToken cancellationToken)
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
        await heard.CheckAsync(change, bulletin, tree, areas, cancellationToken);
        for (var repeat = 0; repeat < schedule.Repeats; repeat++)
        {
            // The wall clock shows the same at every air time, so the first stands for all.
            var start = first + (repeat * (bulletin.Length + schedule.Gap));
            rules.CheckQuietHours(tree, areas, schedule.Class, start, bulletin.Length);
        }

        db.Schedules.Add(schedule);
        await db.SaveChangesAsync(cancellationToken);
        change.Happens(new ScheduleAdded(schedule));
        return change.Report(schedule, $"schedule {schedule.Id}", new
        {
            schedule.BulletinId,
            Class = schedule.Class.ToString(),
            Recurrence = schedule.Recurrence.ToString(),
            schedule.From,
            schedule.At,
            schedule.Until,
            schedule.Repeats,
            schedule.Audience,
        });
    }
}
