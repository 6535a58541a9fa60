using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What is planned for a group follows its nodes, as long as it has not begun.</summary>
public sealed class GroupBroadcasts(BroadcastMaker maker, TimeProvider time) : ITakePartIn<GroupMembersSet>, IUseGroups
{
    /// <summary>Lets new nodes hear what is planned, and drops it at those that left.</summary>
    public async Task TakePartAsync(Change change, GroupMembersSet happening, CancellationToken cancellationToken)
    {
        var (db, now) = (change.Db, time.GetUtcNow());
        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var (nodes, shown) = (new HashSet<string>(StringComparer.Ordinal), new List<long>());
        foreach (var broadcast in await AheadAsync(db, happening.GroupId, cancellationToken))
        {
            var present = await PresentAsync(db, broadcast.Audience, cancellationToken);
            var heard = await AudienceNodes.ResolveAsync(db, tree, present, cancellationToken);
            var targets = await db.Targets.Where(target => target.BroadcastId == broadcast.Id)
                .ToDictionaryAsync(target => target.NodeId, StringComparer.Ordinal, cancellationToken);
            nodes.UnionWith(targets.Keys.Union(heard.Select(node => node.Id)));
            shown.Add(broadcast.Id);
            if (heard.Any(node => targets.GetValueOrDefault(node.Id)?.StoppedAt is not null))
            {
                shown.Add(await ReplaceAsync(db, broadcast, heard, now, cancellationToken));
                continue;
            }

            foreach (var left in targets.Values.ExceptBy(heard.Select(node => node.Id), target => target.NodeId)
                .Where(target => target is { IsOver: false, StoppedAt: null }))
            {
                (left.StoppedAt, left.State, left.Reason) = (now, TargetState.Missed, ReceiptReason.Stopped);
            }

            await db.SaveChangesAsync(cancellationToken);
            await maker.AddTargetsAsync(
                db, broadcast, [.. heard.Where(node => !targets.ContainsKey(node.Id))], cancellationToken);
        }

        await PlanNumbers.RaiseAsync(change, nodes, cancellationToken);
        change.Happens(new BroadcastsChanged(shown));
    }

    /// <summary>What people aired and is still to begin; schedules tell their own.</summary>
    public async Task<IReadOnlyList<string>> TitlesAsync(RadioDb db, long group, CancellationToken cancellationToken)
    {
        var bulletins = (await AheadAsync(db, group, cancellationToken)).Where(broadcast => broadcast.ScheduleId is null)
            .Select(broadcast => broadcast.BulletinId).Distinct().ToList();
        return await db.Bulletins.Where(bulletin => bulletins.Contains(bulletin.Id)).OrderBy(bulletin => bulletin.Id)
            .Select(bulletin => bulletin.Title).ToListAsync(cancellationToken);
    }

    private async Task<List<Broadcast>> AheadAsync(RadioDb db, long group, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // An audience is stored as text.
        return (await db.Broadcasts.Where(broadcast => broadcast.State == BroadcastState.Planned && broadcast.Start > now)
            .ToListAsync(cancellationToken)).FindAll(broadcast => broadcast.Audience.Groups.Contains(group));
    }

    /// <summary>The audience without single nodes that were revoked since.</summary>
    private static async Task<Audience> PresentAsync(RadioDb db, Audience audience, CancellationToken cancellationToken)
    {
        var named = audience.Nodes.ToList();
        return named.Count == 0 ? audience : audience with
        {
            Nodes = await db.Nodes.Where(node => node.RevokedAt == null && named.Contains(node.Id)).Select(node => node.Id)
                .ToListAsync(cancellationToken),
        };
    }

    /// <summary>
    /// Makes a broadcast anew in which a node is to hear again what was dropped there: it may have answered already that it
    /// dropped it.
    /// </summary>
    private async Task<long> ReplaceAsync(
        RadioDb db, Broadcast old, IReadOnlyList<Node> nodes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var bulletin = await db.Bulletins.SingleAsync(row => row.Id == old.BulletinId, cancellationToken);
        var draft = new BroadcastDraft(old.Class, old.Audience, old.Start, old.LatestStart - old.Start)
        {
            ScheduleId = old.ScheduleId,
            CreatedById = old.CreatedById,
            Rank = old.Rank,
            IsExercise = old.IsExercise,
        };
        old.Stop(now, AreaScope.Everywhere);
        // A schedule has one broadcast for each start.
        old.ScheduleId = null;
        await db.SaveChangesAsync(cancellationToken);
        return (await maker.MakeAsync(db, nodes, bulletin, draft, cancellationToken)).Id;
    }
}
