using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <summary>Something that was, is or will be aired.</summary>
/// <param name="Length">Of its sound.</param>
/// <param name="Broadcast">The broadcast; null = its schedule has not made it yet.</param>
/// <param name="Schedule">What makes it; null = a person aired it, or the reader does not see the schedule.</param>
public sealed record CalendarEntry(
    DateTimeOffset Start, TimeSpan Length, string Title, BroadcastClass Class, BroadcastRow? Broadcast, ScheduleRow? Schedule);

/// <summary>Reads a span of days: broadcasts as they are, and behind the horizon what schedules will make.</summary>
public sealed class CalendarQuery(BroadcastQuery broadcasts, ScheduleQuery schedules, AirTimes airTimes)
{
    /// <summary>More than anybody looks through; a page says when it is reached.</summary>
    public const int Most = 5000;

    /// <param name="scope">Where it is heard.</param>
    /// <param name="from">Starts then or later.</param>
    /// <param name="to">Starts before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>By start, at most <see cref="Most"/>. What was cancelled is left out.</returns>
    public async Task<IReadOnlyList<CalendarEntry>> ListAsync(
        AreaScope scope, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (rows, _) = await schedules.ListAsync(scope, new ScheduleFilter(Active: true), Most, cancellationToken);
        var byId = rows.ToDictionary(row => row.Schedule.Id);
        var made = await broadcasts.ListAsync(
            scope, new BroadcastFilter(From: from, To: to) { IsAscending = true }, Most, cancellationToken);
        var entries = made.Where(row => row.Progress != BroadcastProgress.Cancelled)
            .Select(row => new CalendarEntry(
                row.Start, row.Length, row.Bulletin.Title, row.Class, row,
                row.ScheduleId is { } id ? byId.GetValueOrDefault(id) : null))
            .ToList();
        // Single ones are made early, to be moved or cancelled: they are told as what became of them.
        var single = made.Where(row => row.ScheduleId is not null).Select(row => (row.ScheduleId, row.Start)).ToHashSet();
        foreach (var row in rows.Where(row => !row.IsWithdrawn))
        {
            entries.AddRange(Ahead(row, from, to).Where(entry => !single.Contains((row.Schedule.Id, entry.Start)))
                .Take(Most - Math.Min(Most, entries.Count)));
        }

        return [.. entries.OrderBy(entry => entry.Start).Take(Most)];
    }

    private IEnumerable<CalendarEntry> Ahead(ScheduleRow row, DateTimeOffset from, DateTimeOffset to) =>
        airTimes.Starts(row.Schedule, from, to, row.Schedule.PlannedThrough).Select(
            start => new CalendarEntry(start, row.Length, row.Title, row.Schedule.Class, Broadcast: null, row));
}
