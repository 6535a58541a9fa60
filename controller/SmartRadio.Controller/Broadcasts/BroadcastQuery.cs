using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>A broadcast in a list.</summary>
/// <param name="Should">Nodes that should play it.</param>
/// <param name="Played">Nodes that played it to the end.</param>
/// <param name="Failed">Nodes that did not and will not.</param>
public sealed record BroadcastRow(
    long Id,
    long BulletinId,
    string Title,
    BroadcastClass Class,
    BroadcastState State,
    DateTimeOffset Start,
    TimeSpan Length,
    long? ScheduleId,
    int Should,
    int Played,
    int Failed)
{
    /// <summary>Planned and between its start and its end.</summary>
    public bool IsOnAir(DateTimeOffset now) => State == BroadcastState.Planned && Start <= now && now < Start + Length;
}

/// <summary>One node's part in a broadcast.</summary>
public sealed record TargetRow(
    string NodeId,
    string NodeName,
    long AreaId,
    string AreaName,
    TargetState State,
    ReceiptReason Reason,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    long Samples)
{
    public bool IsOver => State >= TargetState.Played;
}

public sealed record BroadcastDetail(BroadcastRow Broadcast, DateTimeOffset LatestStart, Audience Audience, IReadOnlyList<TargetRow> Targets);

/// <summary>Reads broadcasts for screens.</summary>
public sealed class BroadcastQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>The newest by start, planned ones first of all.</summary>
    public async Task<IReadOnlyList<BroadcastRow>> ListAsync(int take, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Rows(db, db.Broadcasts.OrderByDescending(b => b.Start).Take(take)).ToListAsync(cancel);
    }

    /// <summary>What is on air or still to come, the next first.</summary>
    public async Task<IReadOnlyList<BroadcastRow>> UpcomingAsync(int take, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Rows(db, db.Broadcasts.Where(b => b.State == BroadcastState.Planned).OrderBy(b => b.Start).Take(take)).ToListAsync(cancel);
    }

    public async Task<BroadcastDetail?> GetAsync(long id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await Rows(db, db.Broadcasts.Where(b => b.Id == id)).FirstOrDefaultAsync(cancel) is not { } row)
        {
            return null;
        }

        var rest = await db.Broadcasts.Where(b => b.Id == id).Select(b => new { b.LatestStart, b.Audience }).SingleAsync(cancel);
        var targets = await (
            from target in db.Targets.AsNoTracking()
            where target.BroadcastId == id
            join node in db.Nodes on target.NodeId equals node.Id
            join area in db.Areas on target.AreaId equals area.Id
            orderby area.Name, node.Name
            select new TargetRow(
                node.Id, node.Name, area.Id, area.Name, target.State, target.Reason, target.StartedAt, target.EndedAt, target.Samples))
            .ToListAsync(cancel);
        return new BroadcastDetail(row, rest.LatestStart, rest.Audience, targets);
    }

    private static IQueryable<BroadcastRow> Rows(RadioDb db, IQueryable<Broadcast> broadcasts) =>
        from broadcast in broadcasts
        join bulletin in db.Bulletins on broadcast.BulletinId equals bulletin.Id
        select new BroadcastRow(
            broadcast.Id,
            bulletin.Id,
            bulletin.Title,
            broadcast.Class,
            broadcast.State,
            broadcast.Start,
            broadcast.Length,
            broadcast.ScheduleId,
            broadcast.Targets.Count,
            broadcast.Targets.Count(t => t.State == TargetState.Played),
            broadcast.Targets.Count(t => t.State > TargetState.Played));
}
