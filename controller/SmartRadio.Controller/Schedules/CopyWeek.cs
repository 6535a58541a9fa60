using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Schedules what a week airs once for the week after as well. What comes again by its own rule needs no copy, and an emergency
/// has a way of its own.
/// </summary>
public sealed class CopyWeek(AuditedChanges changes, AddSchedule add, LocalTime local)
{
    /// <summary>More at once would hold up other changes.</summary>
    public const int Most = 50;

    private const int Week = 7;

    /// <param name="monday">The first day of the week to copy.</param>
    /// <param name="actor">Who asks; what lies outside his areas is left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many broadcasts were scheduled; what is there already does not count.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.TooManyCopies"/>, or what <see cref="AddSchedule"/> refuses: then nothing is copied.
    /// </exception>
    public Task<int> HandleAsync(DateOnly monday, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(
            actor, Right.Write, "schedule.copy-week", (change, token) => CopyAsync(change, monday, token), cancellationToken);

    private async Task<ChangeReport<int>> CopyAsync(Change change, DateOnly monday, CancellationToken cancellationToken)
    {
        change.WithinScope();
        var ids = new List<long>();
        foreach (var broadcast in await SourcesAsync(change, monday, cancellationToken))
        {
            var named = await AudienceNodes.AreasAsync(change.Db, broadcast.Audience, cancellationToken);
            var start = local.Of(broadcast.Start).AddDays(Week);
            if (!named.All(area => change.Scope.Holds(area)) || await IsThereAsync(change, broadcast, start, cancellationToken))
            {
                continue;
            }

            var rule = new RecurrenceRule(Recurrence.Once, DateOnly.FromDateTime(start), [TimeOnly.FromDateTime(start)]);
            var (schedule, first) = add.Draft(
                new ScheduleRequest(
                    broadcast.BulletinId, broadcast.Class, broadcast.Audience, rule, broadcast.LatestStart - broadcast.Start),
                change.Actor);
            await add.StoreAsync(change, schedule, first, goesFirst: null, broadcast.IsExercise, cancellationToken);
            ids.Add(schedule.Id);
        }

        return change.Report(ids.Count, $"week {monday:yyyy-MM-dd}", new { Monday = monday, Schedules = ids });
    }

    private async Task<IReadOnlyList<Broadcast>> SourcesAsync(
        Change change, DateOnly monday, CancellationToken cancellationToken)
    {
        var (from, to) = (Midnight(monday), Midnight(monday.AddDays(Week)));
        var db = change.Db;
        var sources = await db.Broadcasts.AsNoTracking()
            .Where(row => row.Start >= from && row.Start < to && row.State != BroadcastState.Stopped
                && row.Class != BroadcastClass.Emergency
                && (row.ScheduleId == null
                    || db.Schedules.Any(each => each.Id == row.ScheduleId && each.Recurrence == Recurrence.Once)))
            .OrderBy(row => row.Start).ThenBy(row => row.Rank).Take(Most + 1).ToListAsync(cancellationToken);
        return sources.Count <= Most ? sources : throw new RefusedException(ScheduleRefusal.TooManyCopies, Most);
    }

    private Task<bool> IsThereAsync(Change change, Broadcast source, DateTime start, CancellationToken cancellationToken)
    {
        var day = DateOnly.FromDateTime(start);
        var at = local.InstantOf(day, TimeOnly.FromDateTime(start));
        return change.Db.Broadcasts.AnyAsync(
            row => row.Start == at && row.BulletinId == source.BulletinId && row.State != BroadcastState.Stopped,
            cancellationToken);
    }

    private DateTimeOffset Midnight(DateOnly day) => local.InstantOf(day, TimeOnly.MinValue);
}
