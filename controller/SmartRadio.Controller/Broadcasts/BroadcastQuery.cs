using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <param name="Audience">What of it lies in the reader's areas.</param>
/// <param name="Targets">Those in the reader's areas.</param>
public sealed record BroadcastDetail(
    BroadcastRow Broadcast, DateTimeOffset LatestStart, Audience Audience, IReadOnlyList<TargetRow> Targets);

/// <summary>Which broadcasts a list holds. Null = whichever.</summary>
/// <param name="From">Starts then or later.</param>
/// <param name="To">Starts before.</param>
/// <param name="Areas">Concerns a node in one of them.</param>
/// <param name="After">Only those after this one in the order of the list, by start and id.</param>
public sealed record BroadcastFilter(
    BroadcastState? State = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    IReadOnlyCollection<long>? Areas = null,
    (DateTimeOffset Start, long Id)? After = null);

/// <summary>Which receipts of a broadcast a list holds. Null = whichever.</summary>
/// <param name="AfterNode">Only those after this node's in the order of the list.</param>
public sealed record ReceiptFilter(TargetState? State = null, IReadOnlyCollection<long>? Areas = null, string? AfterNode = null);

/// <summary>Reads broadcasts for screens.</summary>
public sealed class BroadcastQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>The newest by start, those of the same start by id.</summary>
    /// <param name="scope">Those to be heard in it.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<BroadcastRow>> ListAsync(
        AreaScope scope, BroadcastFilter filter, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var broadcasts = Seen(db, scope).AsNoTracking();
        if (filter.State is { } state)
        {
            broadcasts = broadcasts.Where(b => b.State == state);
        }

        if (filter.From is { } from)
        {
            broadcasts = broadcasts.Where(b => b.Start >= from);
        }

        if (filter.To is { } to)
        {
            broadcasts = broadcasts.Where(b => b.Start < to);
        }

        if (filter.Areas is { } areas)
        {
            broadcasts = broadcasts.Where(b => b.Targets.Any(t => areas.Contains(t.AreaId)));
        }

        if (filter.After is var (start, id))
        {
            broadcasts = broadcasts.Where(b => b.Start < start || (b.Start == start && b.Id < id));
        }

        return await Rows(db, scope, broadcasts.OrderByDescending(b => b.Start).ThenByDescending(b => b.Id).Take(take))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Receipts by the names of area and node, and how many there are in all; null when there is no such broadcast.
    /// </summary>
    public async Task<(IReadOnlyList<TargetRow> Rows, int Total)?> ReceiptsAsync(
        long id, ReceiptFilter filter, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Broadcasts.AnyAsync(b => b.Id == id, cancellationToken))
        {
            return null;
        }

        var targets = db.Targets.AsNoTracking().Where(target => target.BroadcastId == id);
        if (filter.State is { } state)
        {
            targets = targets.Where(target => target.State == state);
        }

        if (filter.Areas is { } areas)
        {
            targets = targets.Where(target => areas.Contains(target.AreaId));
        }

        var placed =
            from target in targets
            join node in db.Nodes on target.NodeId equals node.Id
            join area in db.Areas on target.AreaId equals area.Id
            select new { Target = target, Node = node.Name, Area = area.Name };
        var total = await targets.CountAsync(cancellationToken);
        if (filter.AfterNode is { } after)
        {
            var last = await (
                from target in db.Targets
                where target.BroadcastId == id && target.NodeId == after
                join node in db.Nodes on target.NodeId equals node.Id
                join area in db.Areas on target.AreaId equals area.Id
                select new { Node = node.Name, Area = area.Name }).FirstOrDefaultAsync(cancellationToken)
                ?? throw new RefusedException(Refusal.Malformed, "after");
            placed = placed.Where(row => row.Area.CompareTo(last.Area) > 0 || (row.Area == last.Area
                && (row.Node.CompareTo(last.Node) > 0 || (row.Node == last.Node && row.Target.NodeId.CompareTo(after) > 0))));
        }

        var rows = await placed.OrderBy(row => row.Area).ThenBy(row => row.Node).ThenBy(row => row.Target.NodeId).Take(take)
            .Select(row => new TargetRow(
                new TargetPlace(row.Target.NodeId, row.Node, row.Target.AreaId, row.Area),
                row.Target.State, row.Target.Reason, row.Target.StartedAt, row.Target.EndedAt, row.Target.Samples))
            .ToListAsync(cancellationToken);
        return (rows, total);
    }

    /// <summary>One broadcast without its receipts; null when there is none.</summary>
    public async Task<BroadcastDetail?> FindAsync(long id, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await DetailAsync(db, id, scope, [], cancellationToken);
    }

    /// <summary>Areas of nodes on which something sounds now, as their receipts say.</summary>
    public async Task<IReadOnlyList<long>> OnAirAreasAsync(AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var areas = await db.Targets.Where(target => target.State == TargetState.Playing).Select(target => target.AreaId)
            .Distinct().ToListAsync(cancellationToken);
        return areas.FindAll(area => scope.Holds(area));
    }

    /// <summary>What is on air or still to come, the next first.</summary>
    public async Task<IReadOnlyList<BroadcastRow>> UpcomingAsync(AreaScope scope, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var planned = Seen(db, scope).Where(b => b.State == BroadcastState.Planned);
        return await Rows(db, scope, planned.OrderBy(b => b.Start).Take(take)).ToListAsync(cancellationToken);
    }

    /// <summary>One broadcast with the receipts within a scope; null when nothing of it lies there.</summary>
    public async Task<BroadcastDetail?> GetAsync(long id, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var targets = await (
            from target in db.Targets.AsNoTracking()
            where target.BroadcastId == id
            join node in db.Nodes on target.NodeId equals node.Id
            join area in db.Areas on target.AreaId equals area.Id
            orderby area.Name, node.Name
            select new TargetRow(
                new TargetPlace(node.Id, node.Name, area.Id, area.Name),
                target.State, target.Reason, target.StartedAt, target.EndedAt, target.Samples))
            .ToListAsync(cancellationToken);
        return await DetailAsync(db, id, scope, targets.FindAll(target => scope.Holds(target.Place.AreaId)), cancellationToken);
    }

    private static async Task<BroadcastDetail?> DetailAsync(
        RadioDb db, long id, AreaScope scope, IReadOnlyList<TargetRow> targets, CancellationToken cancellationToken)
    {
        if (await Rows(db, scope, Seen(db, scope).Where(b => b.Id == id)).FirstOrDefaultAsync(cancellationToken) is not { } row)
        {
            return null;
        }

        var rest = await db.Broadcasts.Where(b => b.Id == id).Select(b => new { b.LatestStart, b.Audience })
            .SingleAsync(cancellationToken);
        return new BroadcastDetail(
            row, rest.LatestStart, await WithinAsync(db, id, rest.Audience, scope, cancellationToken), targets);
    }

    private static async Task<Audience> WithinAsync(
        RadioDb db, long id, Audience audience, AreaScope scope, CancellationToken cancellationToken)
    {
        if (scope.Areas is not { } areas)
        {
            return audience;
        }

        var nodes = await db.Targets.Where(target => target.BroadcastId == id && areas.Contains(target.AreaId))
            .Select(target => target.NodeId).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        return new Audience([.. audience.Areas.Where(areas.Contains)], [.. audience.Nodes.Where(nodes.Contains)]);
    }

    /// <summary>Broadcasts that are to be heard somewhere in the scope.</summary>
    private static IQueryable<Broadcast> Seen(RadioDb db, AreaScope scope) => scope.Areas is { } areas
        ? db.Broadcasts.Where(b => b.Targets.Any(t => areas.Contains(t.AreaId)))
        : db.Broadcasts;

    private static IQueryable<BroadcastRow> Rows(RadioDb db, AreaScope scope, IQueryable<Broadcast> broadcasts)
    {
        var (all, areas) = (scope.IsEverywhere, scope.Areas ?? new HashSet<long>());
        return
            from broadcast in broadcasts
            join bulletin in db.Bulletins on broadcast.BulletinId equals bulletin.Id
            select new BroadcastRow(
                broadcast.Id,
                new AiredBulletin(bulletin.Id, bulletin.Title),
                broadcast.Class,
                broadcast.State,
                broadcast.Start,
                broadcast.Length,
                new TargetCounts(
                    broadcast.Targets.Count(t => all || areas.Contains(t.AreaId)),
                    broadcast.Targets.Count(t => t.State == TargetState.Played && (all || areas.Contains(t.AreaId))),
                    broadcast.Targets.Count(t => t.State > TargetState.Played && (all || areas.Contains(t.AreaId))),
                    !all && broadcast.Targets.Any(t => !areas.Contains(t.AreaId))))
            {
                ScheduleId = broadcast.ScheduleId,
            };
    }
}
