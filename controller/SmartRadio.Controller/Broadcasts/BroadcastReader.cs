using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Makes rows for screens from broadcasts and what their nodes reported.</summary>
internal static class BroadcastReader
{
    /// <summary>Broadcasts that are to be heard somewhere in the scope.</summary>
    public static IQueryable<Broadcast> Seen(RadioDb db, AreaScope scope) => scope.Areas is { } areas
        ? db.Broadcasts.AsNoTracking().Where(b => b.Targets.Any(t => areas.Contains(t.AreaId)))
        : db.Broadcasts.AsNoTracking();

    /// <summary>
    /// Nodes in the scope that say they are playing. The first condition is that of the index of open targets.
    /// </summary>
    public static IQueryable<Target> Sounding(RadioDb db, AreaScope scope)
    {
        var sounding = db.Targets.AsNoTracking()
            .Where(target => target.State < TargetState.Played && target.State == TargetState.Playing);
        return scope.Areas is { } areas ? sounding.Where(target => areas.Contains(target.AreaId)) : sounding;
    }

    /// <summary>Reads broadcasts in their order; the nodes of all of them are counted in one query.</summary>
    public static async Task<List<BroadcastRow>> ReadAsync(
        RadioDb db, IQueryable<Broadcast> broadcasts, AreaScope scope, CancellationToken cancellationToken)
    {
        var read = await broadcasts.AsNoTracking().ToListAsync(cancellationToken);
        if (read.Count == 0)
        {
            return [];
        }

        var bulletins = read.Select(broadcast => broadcast.BulletinId).Distinct().ToList();
        var titles = await db.Bulletins.Where(bulletin => bulletins.Contains(bulletin.Id))
            .Select(bulletin => new { bulletin.Id, bulletin.Title, bulletin.ApprovedAt })
            .ToDictionaryAsync(bulletin => bulletin.Id, cancellationToken);
        var counts = await CountAsync(db, read.ConvertAll(broadcast => broadcast.Id), scope, cancellationToken);
        return read.ConvertAll(broadcast => new BroadcastRow(
            broadcast.Id,
            new AiredBulletin(broadcast.BulletinId, titles[broadcast.BulletinId].Title),
            broadcast.Class,
            broadcast.State,
            broadcast.Start,
            broadcast.Length,
            counts[broadcast.Id])
        {
            ScheduleId = broadcast.ScheduleId,
            Audience = broadcast.Audience,
            IsExercise = broadcast.IsExercise,
            IsUnapproved = broadcast.State == BroadcastState.Missed
                && !(titles[broadcast.BulletinId].ApprovedAt < broadcast.Start),
        });
    }

    private static async Task<Dictionary<long, TargetCounts>> CountAsync(
        RadioDb db, List<long> ids, AreaScope scope, CancellationToken cancellationToken)
    {
        var everywhere = scope.IsEverywhere;
        var groups = await db.Targets.Where(target => ids.Contains(target.BroadcastId))
            .GroupBy(target => new
            {
                target.BroadcastId,
                AreaId = everywhere ? 0 : target.AreaId,
                target.State,
                target.Reason,
                IsHeard = target.Samples > 0,
            })
            .Select(group => new { group.Key, Nodes = group.Count() })
            .ToListAsync(cancellationToken);
        var byBroadcast = groups.ToLookup(group => group.Key.BroadcastId);
        return ids.ToDictionary(id => id, id => new TargetCounts(
            byBroadcast[id].Where(group => scope.Holds(group.Key.AreaId)).Select(group => (
                TargetProgress.Of(group.Key.State, group.Key.Reason, group.Key.IsHeard), group.Nodes)),
            byBroadcast[id].Any(group => !scope.Holds(group.Key.AreaId))));
    }
}
