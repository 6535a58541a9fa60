using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>One schedule on a screen.</summary>
/// <param name="Schedule">Its row.</param>
/// <param name="Title">The bulletin's title.</param>
/// <param name="Author">Display name.</param>
/// <param name="Next">The next air time, or null when it is over or cancelled, or its bulletin was withdrawn.</param>
/// <param name="Areas">Those of its audience: whoever cancels it needs the right in all of them.</param>
/// <param name="Seen">What the reader sees of its audience: his areas and nodes, and areas above them.</param>
/// <param name="IsBulletinSeen">The reader may open the bulletin.</param>
public sealed record ScheduleRow(
    Schedule Schedule, string Title, string Author, DateTimeOffset? Next, IReadOnlyList<long> Areas, Audience Seen,
    bool IsBulletinSeen)
{
    /// <summary>Of the bulletin.</summary>
    public TimeSpan Length { get; init; }

    /// <summary>The newest schedule that changes made of it, or null.</summary>
    public long? Newer { get; init; }

    /// <summary>Of the bulletin.</summary>
    public BulletinState State { get; init; }

    /// <summary>Its bulletin was withdrawn: it makes no broadcasts.</summary>
    public bool IsWithdrawn => State == BulletinState.Withdrawn;

    /// <summary>Nothing of what is still to come is aired unless somebody approves its bulletin before.</summary>
    public bool IsWaiting => Next is not null && State is BulletinState.Waiting or BulletinState.Returned;

    /// <summary>It would go on if its bulletin had not been withdrawn.</summary>
    public bool NeedsBulletin { get; init; }

    /// <summary>There is something left of it to change or to cancel.</summary>
    public bool IsOpen => Next is not null || NeedsBulletin;
}

/// <summary>Which schedules a list holds. Null = whichever.</summary>
/// <param name="Active">Not cancelled, and the last day is not over.</param>
public sealed record ScheduleFilter(bool? Active = null, long? BulletinId = null, long? After = null);

/// <summary>Reads schedules for screens.</summary>
public sealed class ScheduleQuery(IDbContextFactory<RadioDb> databases, AirTimes airTimes, LocalTime local)
{
    /// <summary>The newest first.</summary>
    /// <param name="scope">Those heard in it.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<ScheduleRow>> ListAsync(AreaScope scope, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var reaching = await ReachingAsync(db, scope, cancellationToken);
        return await ReadAsync(
            db, (await SeenAsync(db, scope, reaching, cancellationToken)).OrderByDescending(schedule => schedule.Id).Take(take),
            scope, reaching, cancellationToken);
    }

    /// <summary>The newest first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<ScheduleRow> Rows, int Total)> ListAsync(
        AreaScope scope, ScheduleFilter filter, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var today = local.Today;
        var reaching = await ReachingAsync(db, scope, cancellationToken);
        var schedules = (await SeenAsync(db, scope, reaching, cancellationToken)).Where(schedule =>
            (filter.BulletinId == null || schedule.BulletinId == filter.BulletinId)
            && (filter.Active == null || filter.Active == (schedule.CancelledAt == null
                && (schedule.Recurrence == Recurrence.Once
                    ? schedule.From >= today
                    : schedule.Until == null || schedule.Until >= today))));
        var total = await schedules.CountAsync(cancellationToken);
        var shown = schedules.Where(schedule => filter.After == null || schedule.Id < filter.After)
            .OrderByDescending(schedule => schedule.Id).Take(take);
        return (await ReadAsync(db, shown, scope, reaching, cancellationToken), total);
    }

    /// <summary>Null when there is no such schedule.</summary>
    public async Task<ScheduleRow?> GetAsync(long id, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var reaching = await ReachingAsync(db, scope, cancellationToken);
        return (await ReadAsync(
            db, (await SeenAsync(db, scope, reaching, cancellationToken)).Where(schedule => schedule.Id == id),
            scope, reaching, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Schedules to come whose bulletin nobody has approved yet, the next to be aired first.</summary>
    /// <param name="scope">Those heard in it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<ScheduleRow>> WaitingAsync(AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var reaching = await ReachingAsync(db, scope, cancellationToken);
        var open = db.Bulletins.Where(bulletin => bulletin.ApprovedAt == null && bulletin.WithdrawnAt == null);
        var waiting = (await SeenAsync(db, scope, reaching, cancellationToken)).Where(schedule =>
            schedule.CancelledAt == null && open.Any(bulletin => bulletin.Id == schedule.BulletinId));
        var rows = await ReadAsync(db, waiting, scope, reaching, cancellationToken);
        return [.. rows.Where(row => row.IsWaiting).OrderBy(row => row.Next)];
    }

    /// <summary>Schedules to come that air an earlier version of a bulletin, and that somebody may change.</summary>
    /// <param name="bulletin">The version that they could air.</param>
    /// <param name="scope">Where he may.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<ScheduleRow>> BehindAsync(
        Bulletin bulletin, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await ReadAsync(db, UseNewVersion.Behind(db, bulletin), scope, scope, cancellationToken);
        return rows.FindAll(row => row.IsOpen && row.Areas.All(area => scope.Holds(area)));
    }

    /// <summary>Who hears the last schedule that a person made, as far as it lies in a scope; null when he made none.</summary>
    public async Task<Audience?> LastAudienceAsync(string? personId, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var last = await db.Schedules.Where(schedule => schedule.CreatedById == personId)
            .OrderByDescending(schedule => schedule.Id).Select(schedule => (long?)schedule.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return last is { } id && await GetAsync(id, scope, cancellationToken) is { Seen: var seen }
            ? seen with { Areas = [.. seen.Areas.Where(area => scope.Holds(area))] }
            : null;
    }

    /// <summary>
    /// The areas whose schedules are heard in a scope: its own, and those above, which reach down to it.
    /// </summary>
    private static async Task<AreaScope> ReachingAsync(RadioDb db, AreaScope scope, CancellationToken cancellationToken)
    {
        if (scope.Areas is not { } areas)
        {
            return scope;
        }

        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        return AreaScope.Of(areas.SelectMany(area => tree.PathOf(area).Select(each => each.Id)).Concat(areas).ToHashSet());
    }

    /// <summary>Schedules that are heard somewhere in the scope.</summary>
    private static async Task<IQueryable<Schedule>> SeenAsync(
        RadioDb db, AreaScope scope, AreaScope reaching, CancellationToken cancellationToken)
    {
        if (scope.Areas is not { } areas)
        {
            return db.Schedules;
        }

        // An audience is stored as text, so it is looked through here, one after another: the ids kept are those of schedules.
        var nodes = await db.Nodes.Where(node => areas.Contains(node.AreaId)).Select(node => node.Id)
            .ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var groups = (await db.Groups.AsNoTracking().ToListAsync(cancellationToken))
            .FindAll(group => areas.Contains(group.AreaId) || group.Nodes.Any(nodes.Contains))
            .Select(group => group.Id).ToHashSet();
        var all = db.Schedules.AsNoTracking().Select(schedule => new { schedule.Id, schedule.Audience }).AsAsyncEnumerable();
        var seen = new List<long>();
        await foreach (var each in all.WithCancellation(cancellationToken))
        {
            if (each.Audience.Areas.Any(reaching.Holds) || each.Audience.Nodes.Any(nodes.Contains)
                || each.Audience.Groups.Any(groups.Contains))
            {
                seen.Add(each.Id);
            }
        }

        return db.Schedules.Where(schedule => seen.Contains(schedule.Id));
    }

    private async Task<List<ScheduleRow>> ReadAsync(
        RadioDb db, IQueryable<Schedule> schedules, AreaScope scope, AreaScope reaching, CancellationToken cancellationToken)
    {
        var rows = await (
            from schedule in schedules.AsNoTracking()
            join bulletin in db.Bulletins on schedule.BulletinId equals bulletin.Id
            join person in db.Users on schedule.CreatedById equals person.Id into authors
            from author in authors.DefaultIfEmpty()
            orderby schedule.Id descending
            select new
            {
                Schedule = schedule,
                bulletin.Title,
                bulletin.Length,
                bulletin.AreaId,
                State = Bulletin.StateOf(bulletin.WithdrawnAt, bulletin.ApprovedAt, bulletin.ReturnedAt),
                Author = author.DisplayName ?? "",
                Newer = db.Schedules
                    .Where(each => each.SeriesId == (schedule.SeriesId ?? schedule.Id) && each.Id > schedule.Id)
                    .Max(each => (long?)each.Id),
            })
            .ToListAsync(cancellationToken);
        var now = local.Now;
        var ids = rows.SelectMany(row => row.Schedule.Audience.Groups).Distinct().ToList();
        var groups = ids.Count == 0 ? [] : await db.Groups.AsNoTracking().Where(group => ids.Contains(group.Id))
            .ToDictionaryAsync(group => group.Id, cancellationToken);
        var named = rows.SelectMany(row => row.Schedule.Audience.Nodes).Concat(groups.Values.SelectMany(group => group.Nodes))
            .Distinct(StringComparer.Ordinal).ToList();
        var areas = await db.Nodes.Where(node => named.Contains(node.Id))
            .ToDictionaryAsync(node => node.Id, node => node.AreaId, StringComparer.Ordinal, cancellationToken);
        bool IsSeen(string node) => areas.TryGetValue(node, out var area) && scope.Holds(area);
        var alone = await OccurrencesAsync(db, rows.ConvertAll(row => row.Schedule.Id), now, cancellationToken);
        return rows.ConvertAll(row =>
        {
            var audience = row.Schedule.Audience;
            var own = audience.Groups.Where(groups.ContainsKey).Select(id => groups[id]).ToList();
            var isWithdrawn = row.State == BulletinState.Withdrawn;
            var next = row.Schedule.CancelledAt is null ? NextOf(row.Schedule, now, alone[row.Schedule.Id]) : null;
            return new ScheduleRow(
                row.Schedule, row.Title, row.Author, isWithdrawn ? null : next,
                [.. audience.Areas.Union(own.Select(group => group.AreaId)).Union(
                    audience.Nodes.Concat(own.SelectMany(group => group.Nodes)).Where(areas.ContainsKey)
                        .Select(node => areas[node]))],
                new Audience([.. audience.Areas.Where(reaching.Holds)], [.. audience.Nodes.Where(IsSeen)])
                {
                    Groups = [.. own.Where(group => scope.Holds(group.AreaId) || group.Nodes.Any(IsSeen))
                        .Select(group => group.Id)],
                },
                row.AreaId is not { } owner || scope.Holds(owner))
            {
                Length = row.Length,
                Newer = row.Newer,
                State = row.State,
                NeedsBulletin = isWithdrawn && next is not null,
            };
        });
    }

    /// <summary>Broadcasts to come that schedules have made: moved and cancelled ones are not where the rule says.</summary>
    private static async Task<ILookup<long, (DateTimeOffset Start, bool IsPlanned)>> OccurrencesAsync(
        RadioDb db, List<long> schedules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var made = await db.Broadcasts.AsNoTracking()
            .Where(row => row.ScheduleId != null && schedules.Contains(row.ScheduleId.Value) && row.Start > now)
            .Select(row => new { row.ScheduleId, row.Start, row.State }).ToListAsync(cancellationToken);
        return made.ToLookup(row => row.ScheduleId!.Value, row => (row.Start, row.State == BroadcastState.Planned));
    }

    private DateTimeOffset? NextOf(
        Schedule schedule, DateTimeOffset now, IEnumerable<(DateTimeOffset Start, bool IsPlanned)> occurrences)
    {
        var made = occurrences.ToLookup(each => each.IsPlanned, each => each.Start);
        var dropped = made[false].ToHashSet();
        var next = airTimes.NextAfter(schedule, now);
        while (next is { } at && dropped.Contains(at) && !made[true].Contains(at))
        {
            next = airTimes.NextAfter(schedule, at);
        }

        var moved = made[true].Order().Select(start => (DateTimeOffset?)start).FirstOrDefault();
        return next is null || moved < next ? moved ?? next : next;
    }
}
