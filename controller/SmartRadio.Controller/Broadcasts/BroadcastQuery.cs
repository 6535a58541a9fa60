using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <param name="Audience">What of it lies in the reader's areas.</param>
public sealed record BroadcastDetail(BroadcastRow Broadcast, DateTimeOffset LatestStart, Audience Audience)
{
    /// <summary>When a person stopped or cancelled it.</summary>
    public DateTimeOffset? StoppedAt { get; init; }
}

/// <summary>Which receipts of a broadcast a list holds. Null = whichever.</summary>
/// <param name="AfterNode">Only those after this node's in the order of the list.</param>
public sealed record ReceiptFilter(TargetState? State = null, IReadOnlyCollection<long>? Areas = null, string? AfterNode = null);

/// <summary>Reads broadcasts for screens.</summary>
public sealed class BroadcastQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>The newest by start, those of the same start by id; or the oldest, where the filter says so.</summary>
    /// <param name="scope">Those to be heard in it.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<BroadcastRow>> ListAsync(
        AreaScope scope, BroadcastFilter filter, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var broadcasts = await filter.ApplyAsync(db, scope, BroadcastReader.Seen(db, scope), cancellationToken);
        return await BroadcastReader.ReadAsync(db, broadcasts.Take(take), scope, cancellationToken);
    }

    /// <summary>How many broadcasts a list would hold, counted no further than <paramref name="most"/>.</summary>
    public async Task<int> CountAsync(AreaScope scope, BroadcastFilter filter, int most, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var broadcasts = await filter.ApplyAsync(db, scope, BroadcastReader.Seen(db, scope), cancellationToken);
        return await broadcasts.Take(most).CountAsync(cancellationToken);
    }

    /// <summary>For whom a person aired something last; null when that never was.</summary>
    public async Task<Audience?> LastAudienceAsync(string? personId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Broadcasts.Where(broadcast => broadcast.CreatedById == personId && broadcast.ScheduleId == null)
            .OrderByDescending(broadcast => broadcast.CreatedAt).ThenByDescending(broadcast => broadcast.Id)
            .Select(broadcast => broadcast.Audience).FirstOrDefaultAsync(cancellationToken);
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
        var one = BroadcastReader.Seen(db, scope).Where(b => b.Id == id);
        if ((await BroadcastReader.ReadAsync(db, one, scope, cancellationToken)).FirstOrDefault() is not { } row)
        {
            return null;
        }

        var rest = await db.Broadcasts.Where(b => b.Id == id).Select(b => new { b.LatestStart, b.Audience, b.StoppedAt })
            .SingleAsync(cancellationToken);
        return new BroadcastDetail(row, rest.LatestStart, await WithinAsync(db, id, rest.Audience, scope, cancellationToken))
        {
            StoppedAt = rest.StoppedAt,
        };
    }

    /// <summary>Areas of nodes on which something sounds now, as their receipts say; each once.</summary>
    public async Task<IReadOnlyList<long>> OnAirAreasAsync(AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await BroadcastReader.Sounding(db, scope).Select(target => target.AreaId).Distinct()
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// What sounds now on a node in the scope, late starters too, and how much it is in all; the one that began last comes first.
    /// </summary>
    public async Task<(IReadOnlyList<BroadcastRow> Rows, int Total)> OnAirAsync(
        AreaScope scope, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = BroadcastReader.Sounding(db, scope).Select(target => target.BroadcastId).Distinct();
        var sounding = db.Broadcasts.Where(b => ids.Contains(b.Id)).OrderByDescending(b => b.Start).ThenByDescending(b => b.Id);
        var rows = await BroadcastReader.ReadAsync(db, sounding.Take(take), scope, cancellationToken);
        return (rows, rows.Count < take ? rows.Count : await ids.CountAsync(cancellationToken));
    }

    /// <summary>What is on air, due or still to come, the next first.</summary>
    public async Task<IReadOnlyList<BroadcastRow>> UpcomingAsync(AreaScope scope, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var planned = BroadcastReader.Seen(db, scope).Where(b => b.State == BroadcastState.Planned);
        return await BroadcastReader.ReadAsync(
            db, planned.OrderBy(b => b.Start).ThenBy(b => b.Id).Take(take), scope, cancellationToken);
    }

    /// <summary>Whether somebody may move a broadcast, see <see cref="MoveBroadcast"/>.</summary>
    public async Task<bool> MayMoveAsync(long id, Grants grants, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Broadcasts.Where(each => each.Id == id)
            .Select(each => new { each.ScheduleId, each.Class, each.Audience }).FirstOrDefaultAsync(cancellationToken);
        return row is not null && (await AudienceNodes.AreasAsync(db, row.Audience, cancellationToken))
            .All(area => grants.May(MoveBroadcast.RightOf(row.ScheduleId, row.Class), area));
    }

    private static async Task<Audience> WithinAsync(
        RadioDb db, long id, Audience audience, AreaScope scope, CancellationToken cancellationToken)
    {
        if (scope.Areas is not { } areas)
        {
            return audience;
        }

        var named = audience.Nodes;
        HashSet<string> nodes = named.Count == 0 ? [] : await db.Targets
            .Where(target => target.BroadcastId == id && named.Contains(target.NodeId) && areas.Contains(target.AreaId))
            .Select(target => target.NodeId).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var groups = audience.Groups.ToList();
        return new Audience([.. audience.Areas.Where(areas.Contains)], [.. named.Where(nodes.Contains)])
        {
            Groups = groups.Count == 0 ? [] : await db.Groups
                .Where(group => groups.Contains(group.Id) && areas.Contains(group.AreaId)).Select(group => group.Id)
                .ToListAsync(cancellationToken),
        };
    }
}
