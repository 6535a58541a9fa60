using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <summary>What becomes of two broadcasts that meet on a loudspeaker; see the classes of docs/protocol.</summary>
public enum ClashOutcome
{
    /// <summary>The other one is of a lower class: it is cut or not played.</summary>
    OtherGivesWay,

    /// <summary>The other one is of a higher class: this one is cut or not played.</summary>
    GivesWay,

    /// <summary>Both are of one class: the later one waits for the end of the other, no longer than its tolerance.</summary>
    LaterWaits,

    /// <summary>The same bulletin at the same time.</summary>
    Double,
}

/// <summary>Something else on the same loudspeakers at the same time.</summary>
/// <param name="At">When the other one starts, the first time.</param>
/// <param name="Title">Of the other one's bulletin.</param>
/// <param name="Nodes">How many loudspeakers hear both.</param>
/// <param name="Times">How often they meet within a week.</param>
public sealed record Clash(
    DateTimeOffset At, string Title, BroadcastClass Class, int Nodes, int Times, ClashOutcome Outcome)
{
    /// <summary>The other schedule, or null.</summary>
    public long? ScheduleId { get; init; }

    /// <summary>What a person aired, or null.</summary>
    public long? BroadcastId { get; init; }

    /// <summary>Of the other one's bulletin.</summary>
    public TimeSpan Length { get; init; }

    /// <summary>Both start at the same instant, so that somebody may say which is first.</summary>
    public bool IsTogether { get; init; }
}

/// <summary>Finds what would be aired on the same loudspeakers at the same time.</summary>
public sealed class ClashQuery(AirTimes airTimes)
{
    /// <summary>Rules come again within a week, but for monthly ones.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>What people read; more are as many slips of one kind.</summary>
    private const int Most = 20;

    /// <param name="db">To read from.</param>
    /// <param name="schedule">Not stored yet.</param>
    /// <param name="first">Its first air time.</param>
    /// <param name="length">Of its bulletin.</param>
    /// <param name="tree">All areas.</param>
    /// <param name="nodes">Who hears it.</param>
    /// <param name="replaces">A schedule that does not count, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first by time.</returns>
    internal async Task<IReadOnlyList<Clash>> FindAsync(
        RadioDb db, Schedule schedule, DateTimeOffset first, TimeSpan length, AreaTree tree, IReadOnlyList<Node> nodes,
        long? replaces, CancellationToken cancellationToken)
    {
        var own = Starts(schedule, first, first + Window, length);
        var found = new List<Clash>();
        var members = await db.Groups.AsNoTracking()
            .ToDictionaryAsync(group => group.Id, group => group.Nodes, cancellationToken);
        var others =
            from other in db.Schedules.AsNoTracking()
            where other.CancelledAt == null && other.Id != replaces
            join bulletin in db.Bulletins on other.BulletinId equals bulletin.Id
            where bulletin.WithdrawnAt == null
            select new { Schedule = other, bulletin.Title, bulletin.Length };
        await foreach (var other in others.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var starts = Starts(other.Schedule, first - other.Length, first + Window, other.Length);
            Add(found, schedule, (own, length), other.Schedule.BulletinId,
                new Clash(default, other.Title, other.Schedule.Class, 0, 0, default)
                {
                    ScheduleId = other.Schedule.Id,
                    Length = other.Length,
                },
                starts, () => Shared(tree, nodes, other.Schedule.Audience, members));
        }

        var aired =
            from broadcast in db.Broadcasts.AsNoTracking()
            where broadcast.ScheduleId == null && broadcast.State == BroadcastState.Planned
                && broadcast.Start > first - TimeSpan.FromDays(1) && broadcast.Start < first + Window
            join bulletin in db.Bulletins on broadcast.BulletinId equals bulletin.Id
            select new { Broadcast = broadcast, bulletin.Title };
        await foreach (var other in aired.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Add(found, schedule, (own, length), other.Broadcast.BulletinId,
                new Clash(default, other.Title, other.Broadcast.Class, 0, 0, default)
                {
                    BroadcastId = other.Broadcast.Id,
                    Length = other.Broadcast.Length,
                },
                [other.Broadcast.Start], () => Shared(tree, nodes, other.Broadcast.Audience, members));
        }

        return [.. found.OrderBy(clash => clash.At).Take(Most)];
    }

    private static int Shared(
        AreaTree tree, IReadOnlyList<Node> nodes, Audience audience, Dictionary<long, IReadOnlyList<string>> members)
    {
        var areas = tree.WithDescendants(audience.Areas).ToHashSet();
        var named = audience.Nodes.Concat(audience.Groups.SelectMany(group => members.GetValueOrDefault(group) ?? []))
            .ToHashSet(StringComparer.Ordinal);
        return nodes.Count(node => areas.Contains(node.AreaId) || named.Contains(node.Id));
    }

    private static void Add(
        List<Clash> found, Schedule schedule, (List<DateTimeOffset> Starts, TimeSpan Length) own, long bulletinId,
        Clash other, List<DateTimeOffset> starts, Func<int> shared)
    {
        var meetings = starts.FindAll(start =>
            own.Starts.Exists(mine => start < mine + own.Length && mine < start + other.Length));
        if (meetings.Count > 0 && shared() is var nodes and > 0)
        {
            var isDouble = bulletinId == schedule.BulletinId && own.Starts.Contains(meetings[0]);
            var outcome = isDouble ? ClashOutcome.Double
                : other.Class < schedule.Class ? ClashOutcome.OtherGivesWay
                : other.Class > schedule.Class ? ClashOutcome.GivesWay
                : ClashOutcome.LaterWaits;
            found.Add(other with
            {
                At = meetings[0],
                Nodes = nodes,
                Times = meetings.Count,
                Outcome = outcome,
                IsTogether = outcome == ClashOutcome.LaterWaits && meetings.Exists(own.Starts.Contains),
            });
        }
    }

    /// <summary>All repeats of a schedule that start in a span, in their order.</summary>
    private List<DateTimeOffset> Starts(Schedule schedule, DateTimeOffset from, DateTimeOffset to, TimeSpan length)
    {
        var starts = new List<DateTimeOffset>();
        // An air time before the span may have repeats in it.
        var next = airTimes.NextAfter(schedule, from - TimeSpan.FromDays(1));
        for (; next is { } air && air < to; next = airTimes.NextAfter(schedule, air))
        {
            starts.AddRange(schedule.Repeated(air, length).Where(start => start >= from && start < to));
        }

        return starts;
    }
}
