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

    /// <summary>No broadcast is longer, with all its repeats.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

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
    /// <returns>The first by time, doubles before all others.</returns>
    internal async Task<IReadOnlyList<Clash>> FindAsync(
        RadioDb db, Schedule schedule, DateTimeOffset first, TimeSpan length, AreaTree tree, IReadOnlyList<Node> nodes,
        long? replaces, CancellationToken cancellationToken)
    {
        var end = first + Window;
        var own = (airTimes.Starts(schedule, first, end).ToList(), length);
        var found = new List<Clash>();
        var members = await db.Groups.AsNoTracking()
            .ToDictionaryAsync(group => group.Id, group => group.Nodes, cancellationToken);
        var made = await MadeAsync(db, first, end, cancellationToken);
        var others =
            from other in db.Schedules.AsNoTracking()
            // No node hears an exercise.
            where other.CancelledAt == null && other.Id != replaces && other.IsExercise == schedule.IsExercise
            join bulletin in db.Bulletins on other.BulletinId equals bulletin.Id
            select new { Schedule = other, bulletin.Title, bulletin.Length, IsWithdrawn = bulletin.WithdrawnAt != null };
        await foreach (var other in others.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var row = other.Schedule;
            var before = made[row.Id].ToList();
            var starts = before.Select(each => each.Start).ToHashSet();
            var ahead = other.IsWithdrawn
                ? []
                : airTimes.Starts(row, first - other.Length, end, row.PlannedThrough)
                    .Where(start => !starts.Contains(start))
                    .Select(start => new Sound(row.Id, null, row.BulletinId, other.Title, row.Class, start, other.Length));
            // One of its broadcasts may have been given another bulletin.
            foreach (var sounds in before.Where(each => each.IsPlanned).Concat(ahead).GroupBy(each => each.BulletinId))
            {
                Add(found, schedule, own, sounds, () => Shared(tree, nodes, row.Audience, members));
            }
        }

        var aired =
            from broadcast in db.Broadcasts.AsNoTracking()
            where broadcast.ScheduleId == null && broadcast.State == BroadcastState.Planned
                && broadcast.IsExercise == schedule.IsExercise
                && broadcast.Start > first - Longest && broadcast.Start < end
            join bulletin in db.Bulletins on broadcast.BulletinId equals bulletin.Id
            select new { Broadcast = broadcast, bulletin.Title };
        await foreach (var other in aired.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var row = other.Broadcast;
            Add(found, schedule, own,
                [new Sound(null, row.Id, row.BulletinId, other.Title, row.Class, row.Start, row.Length)],
                () => Shared(tree, nodes, row.Audience, members));
        }

        // What is aired twice is asked about, so it is not cut off.
        return [.. found.OrderByDescending(clash => clash.Outcome == ClashOutcome.Double).ThenBy(clash => clash.At).Take(Most)];
    }

    /// <summary>What schedules have made in a span already, by schedule; whatever became of it.</summary>
    private static async Task<ILookup<long, Sound>> MadeAsync(
        RadioDb db, DateTimeOffset first, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var made =
            from broadcast in db.Broadcasts
            where broadcast.ScheduleId != null && broadcast.Start > first - Longest && broadcast.Start < end
            join bulletin in db.Bulletins on broadcast.BulletinId equals bulletin.Id
            select new Sound(
                broadcast.ScheduleId, null, broadcast.BulletinId, bulletin.Title, broadcast.Class, broadcast.Start,
                broadcast.Length)
            {
                IsPlanned = broadcast.State == BroadcastState.Planned,
            };
        return (await made.ToListAsync(cancellationToken)).ToLookup(each => each.ScheduleId!.Value);
    }

    private static int Shared(
        AreaTree tree, IReadOnlyList<Node> nodes, Audience audience, Dictionary<long, IReadOnlyList<string>> members)
    {
        var areas = tree.WithDescendants(audience.Areas).ToHashSet();
        var named = audience.Nodes.Concat(audience.Groups.SelectMany(group => members.GetValueOrDefault(group) ?? []))
            .ToHashSet(StringComparer.Ordinal);
        return nodes.Count(node => areas.Contains(node.AreaId) || named.Contains(node.Id));
    }

    /// <param name="found">Gets the clash, if there is one.</param>
    /// <param name="schedule">Not stored yet.</param>
    /// <param name="own">Its starts in their order, and the length of its bulletin.</param>
    /// <param name="others">Of one bulletin, on the same loudspeakers.</param>
    /// <param name="shared">How many loudspeakers hear both.</param>
    private static void Add(
        List<Clash> found, Schedule schedule, (List<DateTimeOffset> Starts, TimeSpan Length) own, IEnumerable<Sound> others,
        Func<int> shared)
    {
        var meetings = others.Where(other => Meets(own, other)).OrderBy(other => other.Start).ToList();
        var nodes = meetings.Count > 0 ? shared() : 0;
        if (nodes == 0)
        {
            return;
        }

        var together = meetings.Find(other => own.Starts.BinarySearch(other.Start) >= 0);
        var isDouble = together?.BulletinId == schedule.BulletinId;
        var first = isDouble ? together! : meetings[0];
        var outcome = isDouble ? ClashOutcome.Double
            : first.Class < schedule.Class ? ClashOutcome.OtherGivesWay
            : first.Class > schedule.Class ? ClashOutcome.GivesWay
            : ClashOutcome.LaterWaits;
        found.Add(new Clash(first.Start, first.Title, first.Class, nodes, meetings.Count, outcome)
        {
            ScheduleId = first.ScheduleId,
            BroadcastId = first.BroadcastId,
            Length = first.Length,
            IsTogether = outcome == ClashOutcome.LaterWaits && together is not null,
        });
    }

    /// <summary>Whether one of the starts meets it. Of thousands of either, only the first that may is looked at.</summary>
    private static bool Meets((List<DateTimeOffset> Starts, TimeSpan Length) own, Sound other)
    {
        var at = own.Starts.BinarySearch(other.Start - own.Length);
        // One that ends as the other starts does not meet it.
        at = at < 0 ? ~at : at + 1;
        return at < own.Starts.Count && own.Starts[at] < other.Start + other.Length;
    }

    /// <summary>Something that is or will be aired; of a schedule or by a person.</summary>
    private sealed record Sound(
        long? ScheduleId, long? BroadcastId, long BulletinId, string Title, BroadcastClass Class, DateTimeOffset Start,
        TimeSpan Length)
    {
        public bool IsPlanned { get; init; }
    }
}
