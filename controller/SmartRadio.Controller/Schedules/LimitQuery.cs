using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <summary>A day on which a node has as many minutes to sound as the daily limit of its area, or more.</summary>
/// <param name="Area">Where the node is.</param>
/// <param name="Planned">Of the node there that has the most.</param>
/// <param name="MostMinutes">The limit.</param>
/// <param name="LeftOut">What a node there does not play any more, by start.</param>
public sealed record FullDay(
    DateOnly Day, Area Area, TimeSpan Planned, int MostMinutes, IReadOnlyList<CalendarEntry> LeftOut);

/// <summary>
/// Counts what nodes have to sound on a day as they do it themselves: what would go beyond the limit is left out, and an
/// emergency neither counts nor is bound.
/// </summary>
public sealed class LimitQuery(
    IDbContextFactory<RadioDb> databases, AreaQuery areas, CalendarQuery calendar, LocalTime local)
{
    /// <summary>Rules come again within a week, but for monthly ones.</summary>
    private const int Days = 7;

    /// <summary>The days that are full under the limits as they are.</summary>
    /// <param name="scope">Whose nodes are counted.</param>
    /// <param name="entries">What is aired, by start, from the beginning of a day.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<FullDay>> FindAsync(
        AreaScope scope, IReadOnlyList<CalendarEntry> entries, CancellationToken cancellationToken)
    {
        var tree = await areas.LoadAsync(cancellationToken);
        return await FindAsync(scope, entries, tree, tree.MinutesPerDayOf, cancellationToken);
    }

    /// <summary>What a new daily limit would leave out within a week, and the one in force does not.</summary>
    /// <param name="scope">What the reader sees.</param>
    /// <param name="area">Whose limit is to change; areas below it that set none of their own follow.</param>
    /// <param name="minutes">The new limit; null = that of the area above.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<CalendarEntry>> SilencedAsync(
        AreaScope scope, long area, int? minutes, CancellationToken cancellationToken)
    {
        var tree = await areas.LoadAsync(cancellationToken);
        if (tree.Find(area)?.MinutesPerDay == minutes)
        {
            return [];
        }

        var (today, now) = (local.Today, local.Now);
        var entries = await calendar.ListAsync(
            scope, local.InstantOf(today, TimeOnly.MinValue), local.InstantOf(today.AddDays(Days), TimeOnly.MinValue),
            cancellationToken);
        var before = await FindAsync(scope, entries, tree, tree.MinutesPerDayOf, cancellationToken);
        var after = await FindAsync(scope, entries, tree, LimitOf, cancellationToken);
        return
        [
            .. after.SelectMany(day => day.LeftOut).Except(before.SelectMany(day => day.LeftOut))
                .Where(entry => entry.Start > now).OrderBy(entry => entry.Start),
        ];

        int? LimitOf(long id) => tree.PathOf(id).Reverse().Select(each => each.Id == area ? minutes : each.MinutesPerDay)
            .FirstOrDefault(each => each is not null);
    }

    private async Task<IReadOnlyList<FullDay>> FindAsync(
        AreaScope scope, IReadOnlyList<CalendarEntry> entries, AreaTree tree, Func<long, int?> limitOf,
        CancellationToken cancellationToken)
    {
        var bound = tree.Walk().Select(each => each.Area.Id).Where(id => scope.Holds(id) && limitOf(id) is not null).ToHashSet();
        if (bound.Count == 0)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var groups = await db.Groups.AsNoTracking()
            .ToDictionaryAsync(group => group.Id, group => group.Nodes, cancellationToken);
        var counted = entries.Where(IsCounted).Select(entry =>
        {
            var audience = entry.Broadcast?.Audience ?? entry.Schedule!.Schedule.Audience;
            return new Heard(
                entry, tree.WithDescendants(audience.Areas),
                audience.Nodes.Concat(audience.Groups.SelectMany(group => groups.GetValueOrDefault(group) ?? []))
                    .ToHashSet(StringComparer.Ordinal));
        }).ToList();
        var named = counted.SelectMany(each => each.Nodes).ToHashSet(StringComparer.Ordinal);
        var nodes = await db.Nodes.Where(node => node.RevokedAt == null && bound.Contains(node.AreaId))
            .Select(node => new { node.Id, node.AreaId }).ToListAsync(cancellationToken);
        // Nodes of an area that nobody names hear the same.
        var listeners = nodes.Select(node => new Listener(node.AreaId, named.Contains(node.Id) ? node.Id : null)).Distinct();
        var byDay = counted.GroupBy(each => DateOnly.FromDateTime(local.Of(each.Entry.Start))).ToList();
        var days =
            from listener in listeners
            from day in byDay
            let most = limitOf(listener.Area)!.Value
            let own = day.Where(each => each.IsFor(listener)).ToList()
            let planned = TimeSpan.FromTicks(own.Sum(each => each.Entry.Length.Ticks))
            where planned >= TimeSpan.FromMinutes(most)
            select new FullDay(day.Key, tree.Find(listener.Area)!, planned, most, LeftOut(own, TimeSpan.FromMinutes(most)));
        return
        [
            .. days.GroupBy(day => (day.Day, day.Area.Id))
                .Select(same => same.MaxBy(day => day.Planned)! with
                {
                    LeftOut = [.. same.SelectMany(day => day.LeftOut).Distinct().OrderBy(entry => entry.Start)],
                })
                .OrderBy(day => day.Day).ThenByDescending(day => day.Planned),
        ];
    }

    /// <summary>It sounds, or may still sound.</summary>
    private static bool IsCounted(CalendarEntry entry) => entry.Class != BroadcastClass.Emergency
        && !(entry.Broadcast?.IsExercise ?? entry.Schedule!.Schedule.IsExercise)
        && entry.Broadcast?.Progress is not (BroadcastProgress.NotReached or BroadcastProgress.Refused);

    private static List<CalendarEntry> LeftOut(List<Heard> own, TimeSpan most)
    {
        var used = TimeSpan.Zero;
        var left = new List<CalendarEntry>();
        foreach (var (entry, _, _) in own)
        {
            if (used + entry.Length > most)
            {
                left.Add(entry);
            }
            else
            {
                used += entry.Length;
            }
        }

        return left;
    }

    private sealed record Heard(CalendarEntry Entry, IReadOnlySet<long> Areas, HashSet<string> Nodes)
    {
        public bool IsFor(Listener listener) =>
            Areas.Contains(listener.Area) || (listener.Node is { } node && Nodes.Contains(node));
    }

    /// <param name="Node">Null = any node of the area that no audience names.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Listener(long Area, string? Node);
}
