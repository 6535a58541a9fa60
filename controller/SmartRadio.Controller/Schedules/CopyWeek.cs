using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Schedules what a week airs once for the week after as well. What comes again by its own rule needs no copy, and an emergency
/// has a way of its own.
/// </summary>
public sealed class CopyWeek(AuditedChanges changes, AddSchedule add, AirTimes airTimes, LocalTime local)
{
    /// <summary>More at once would hold up other changes.</summary>
    public const int Most = 50;

    private const int Week = 7;

    /// <param name="monday">The first day of the week to copy.</param>
    /// <param name="actor">Who asks; what lies outside his areas is left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many broadcasts were scheduled; what is there already does not count.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.TooManyCopies"/>, <see cref="BroadcastRefusal.StartTooFar"/>, or what
    /// <see cref="AddSchedule"/> refuses: then nothing is copied.
    /// </exception>
    public Task<int> HandleAsync(DateOnly monday, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(
            actor, Right.Write, "schedule.copy-week", (change, token) => CopyAsync(change, monday, token), cancellationToken);

    private async Task<ChangeReport<int>> CopyAsync(Change change, DateOnly monday, CancellationToken cancellationToken)
    {
        if (monday.DayNumber - local.Today.DayNumber > MoveBroadcast.Furthest.TotalDays)
        {
            throw new RefusedException(BroadcastRefusal.StartTooFar, monday);
        }

        change.WithinScope();
        var ids = new List<long>();
        foreach (var source in await SourcesAsync(change.Db, monday, cancellationToken))
        {
            var named = await AudienceNodes.AreasAsync(change.Db, source.Audience, cancellationToken);
            var start = local.Of(source.Start).AddDays(Week);
            var (day, at) = (DateOnly.FromDateTime(start), TimeOnly.FromDateTime(start));
            if (!named.All(area => change.Scope.Holds(area))
                || await IsThereAsync(change.Db, source, local.InstantOf(day, at), cancellationToken))
            {
                continue;
            }

            var request = new ScheduleRequest(
                source.BulletinId, source.Class, source.Audience, new RecurrenceRule(Recurrence.Once, day, [at]),
                source.Tolerance)
            {
                // It is as it was in the week before; what is there already was left out.
                AllowsDouble = true,
            };
            var (schedule, first) = add.Draft(request, change.Actor);
            await add.StoreAsync(change, schedule, first, request, source.IsExercise, cancellationToken);
            ids.Add(schedule.Id);
        }

        return change.Report(ids.Count, $"week {monday:yyyy-MM-dd}", new { Monday = monday, Schedules = ids });
    }

    /// <summary>What a calendar shows of the week: what was made, and what schedules will make.</summary>
    private async Task<IReadOnlyList<Source>> SourcesAsync(RadioDb db, DateOnly monday, CancellationToken cancellationToken)
    {
        var (from, to) = (Midnight(monday), Midnight(monday.AddDays(Week)));
        var made = await db.Broadcasts.AsNoTracking()
            .Where(row => row.Start >= from && row.Start < to && row.State != BroadcastState.Stopped
                && row.Class != BroadcastClass.Emergency
                && (row.ScheduleId == null
                    || db.Schedules.Any(each => each.Id == row.ScheduleId && each.Recurrence == Recurrence.Once)))
            .OrderBy(row => row.Start).ThenBy(row => row.Rank).Take(Most + 1).ToListAsync(cancellationToken);
        var sources = made.ConvertAll(row => new Source(
            row.BulletinId, row.Class, row.Audience, row.Start, row.LatestStart - row.Start, row.IsExercise));
        var singles = db.Schedules.Where(row => row.Recurrence == Recurrence.Once);
        foreach (var (schedule, start) in await AheadAsync(db, singles, from, to, cancellationToken))
        {
            sources.Add(new Source(
                schedule.BulletinId, schedule.Class, schedule.Audience, start, schedule.Tolerance, schedule.IsExercise));
        }

        return sources.Count <= Most
            ? [.. sources.OrderBy(source => source.Start)]
            : throw new RefusedException(ScheduleRefusal.TooManyCopies, Most);
    }

    private async Task<bool> IsThereAsync(RadioDb db, Source source, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var made = await db.Broadcasts
            .Where(row => row.Start == at && row.BulletinId == source.BulletinId && row.State != BroadcastState.Stopped)
            .Select(row => row.Audience).ToListAsync(cancellationToken);
        var same = db.Schedules.Where(row => row.BulletinId == source.BulletinId);
        var ahead = await AheadAsync(db, same, at, at.AddTicks(1), cancellationToken);
        return made.Concat(ahead.Select(each => each.Schedule.Audience)).Any(source.Audience.IsSameAs);
    }

    /// <summary>What schedules will start in a span and have not made yet.</summary>
    private async Task<List<(Schedule Schedule, DateTimeOffset Start)>> AheadAsync(
        RadioDb db, IQueryable<Schedule> among, DateTimeOffset begin, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var open = await among.AsNoTracking()
            .Where(row => row.CancelledAt == null && row.PlannedThrough < end
                && db.Bulletins.Any(each => each.Id == row.BulletinId && each.WithdrawnAt == null))
            .ToListAsync(cancellationToken);
        var made = (await db.Broadcasts.Where(row => row.Start >= begin && row.Start < end && row.ScheduleId != null)
            .Select(row => new { row.ScheduleId, row.Start }).ToListAsync(cancellationToken))
            .Select(row => (row.ScheduleId!.Value, row.Start)).ToHashSet();
        return
        [
            .. from schedule in open
               from start in airTimes.Starts(schedule, begin, end, schedule.PlannedThrough)
               where !made.Contains((schedule.Id, start))
               select (schedule, start),
        ];
    }

    private DateTimeOffset Midnight(DateOnly day) => local.InstantOf(day, TimeOnly.MinValue);

    /// <summary>Something of the week, to be aired a week later.</summary>
    private sealed record Source(
        long BulletinId, BroadcastClass Class, Audience Audience, DateTimeOffset Start, TimeSpan Tolerance, bool IsExercise);
}
