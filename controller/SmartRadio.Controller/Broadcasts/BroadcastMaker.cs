using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What a broadcast is to be; its length comes from the bulletin.</summary>
public sealed record BroadcastDraft(BroadcastClass Class, Audience Audience, DateTimeOffset Start, TimeSpan Tolerance)
{
    public long? ScheduleId { get; init; }

    public string? CreatedById { get; init; }

    /// <summary>See <see cref="Broadcast.Rank"/>; null = behind all that is there.</summary>
    public long? Rank { get; init; }

    /// <summary>See <see cref="Broadcast.IsExercise"/>.</summary>
    public bool IsExercise { get; init; }

    /// <summary>
    /// Recorded only: its time passed while nobody could plan it, or before its bulletin was approved. It reaches no node's plan.
    /// </summary>
    public bool Missed { get; init; }
}

/// <summary>
/// Turns a draft into a broadcast with its targets, inside a change that raises the plan numbers of the nodes concerned.
/// </summary>
public sealed class BroadcastMaker(NodeStatusCache board, DataLedger data, TimeProvider time) : ITakePartIn<NodeEnrolled>
{
    /// <exception cref="RefusedException">The bulletin is not approved.</exception>
    public static void CheckApproved(Bulletin bulletin)
    {
        if (!bulletin.IsApproved)
        {
            throw new RefusedException(BulletinRefusal.NotApproved, bulletin.Title);
        }
    }

    /// <param name="db">Of the change in progress.</param>
    /// <param name="nodes">Who is to hear it, as <see cref="AudienceNodes"/> finds them.</param>
    /// <param name="bulletin">An approved one, unless the time has passed already.</param>
    /// <param name="draft">The rest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The broadcast, without its targets: they are stored and not followed.</returns>
    public async Task<Broadcast> MakeAsync(
        RadioDb db, IReadOnlyList<Node> nodes, Bulletin bulletin, BroadcastDraft draft, CancellationToken cancellationToken)
    {
        if (!draft.Missed)
        {
            CheckApproved(bulletin);
        }

        var sounds = await db.Objects.AsNoTracking().Where(sound => sound.BulletinId == bulletin.Id)
            .ToListAsync(cancellationToken);
        var broadcast = new Broadcast
        {
            BulletinId = bulletin.Id,
            Class = draft.Class,
            Start = draft.Start,
            LatestStart = draft.Start + draft.Tolerance,
            Length = bulletin.Length,
            State = draft.Missed ? BroadcastState.Missed : BroadcastState.Planned,
            ScheduleId = draft.ScheduleId,
            Audience = draft.Audience,
            CreatedById = draft.CreatedById,
            CreatedAt = time.GetUtcNow(),
            Rank = draft.Rank ?? time.GetUtcNow().ToUnixTimeMilliseconds(),
            IsExercise = draft.IsExercise,
        };
        db.Broadcasts.Add(broadcast);
        await db.SaveChangesAsync(cancellationToken);
        await db.InsertAsync(nodes.Select(node => NewTarget(broadcast, node, sounds)), cancellationToken);
        return broadcast;
    }

    /// <summary>Lets more nodes hear a broadcast that has not begun.</summary>
    public async Task AddTargetsAsync(
        RadioDb db, Broadcast broadcast, IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        var sounds = await db.Objects.AsNoTracking().Where(sound => sound.BulletinId == broadcast.BulletinId)
            .ToListAsync(cancellationToken);
        await db.InsertAsync(nodes.Select(node => NewTarget(broadcast, node, sounds)), cancellationToken);
    }

    /// <summary>Lets a node that has just come to an area hear what is planned there and has not begun.</summary>
    public async Task TakePartAsync(Change change, NodeEnrolled happening, CancellationToken cancellationToken)
    {
        var (db, node) = (change.Db, happening.Node);
        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var now = time.GetUtcNow();
        var around = tree.PathOf(node.AreaId).Select(area => area.Id).ToHashSet();
        var ahead = (await db.Broadcasts.Where(broadcast => broadcast.State == BroadcastState.Planned && broadcast.Start > now)
            .ToListAsync(cancellationToken))
            .FindAll(broadcast => broadcast.Audience.Areas.Any(around.Contains));
        var bulletins = ahead.ConvertAll(broadcast => broadcast.BulletinId);
        var sounds = (await db.Objects.AsNoTracking().Where(sound => bulletins.Contains(sound.BulletinId))
            .ToListAsync(cancellationToken))
            .ToLookup(sound => sound.BulletinId);
        await db.InsertAsync(
            ahead.Select(broadcast => NewTarget(broadcast, node, sounds[broadcast.BulletinId])), cancellationToken);
        change.Happens(new BroadcastsChanged(ahead.ConvertAll(broadcast => broadcast.Id)));
    }

    /// <summary>Chooses again for nodes whose data has become dear, or no longer is: what they have not begun to fetch.</summary>
    public async Task ChooseSoundsAsync(RadioDb db, IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        var byId = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var ids = byId.Keys.ToList();
        var waiting = await db.Targets
            // The index by node knows open ones only, so that is asked for too.
            .Where(target => ids.Contains(target.NodeId) && target.State < TargetState.Played)
            .Where(target => target.State == TargetState.Waiting && target.ObjectId != null)
            .Join(db.Broadcasts.Where(b => b.State == BroadcastState.Planned), t => t.BroadcastId, b => b.Id, (Target, b) =>
                new { Target, b.Class, b.BulletinId })
            .ToListAsync(cancellationToken);
        var bulletins = waiting.ConvertAll(item => item.BulletinId);
        var sounds = (await db.Objects.AsNoTracking().Where(sound => bulletins.Contains(sound.BulletinId))
            .ToListAsync(cancellationToken))
            .ToLookup(sound => sound.BulletinId);
        waiting.ForEach(
            item => item.Target.ObjectId = SoundFor(byId[item.Target.NodeId], item.Class, sounds[item.BulletinId])?.Id);
    }

    private Target NewTarget(Broadcast broadcast, Node node, IEnumerable<SoundObject> sounds)
    {
        var isMissed = broadcast.State == BroadcastState.Missed;
        return new()
        {
            BroadcastId = broadcast.Id,
            NodeId = node.Id,
            AreaId = node.AreaId,
            // An exercise gives a node nothing to fetch.
            ObjectId = broadcast.IsExercise ? null : SoundFor(node, broadcast.Class, sounds)?.Id,
            State = isMissed ? TargetState.Missed : broadcast.IsExercise ? TargetState.Verified : TargetState.Waiting,
            Reason = isMissed ? ReceiptReason.Expired : ReceiptReason.None,
        };
    }

    /// <summary>
    /// The object a node gets: the smallest it can play when data is dear, else the best. A node never heard plays µ-law, as all
    /// do. For an emergency no budget counts.
    /// </summary>
    private SoundObject? SoundFor(Node node, BroadcastClass broadcastClass, IEnumerable<SoundObject> sounds)
    {
        var isDear = broadcastClass == BroadcastClass.Emergency ? node.LowData : data.IsThrifty(node.Id, node.LowData);
        var codecs = board.Find(node.Id).Codecs | (1 << (int)CodecId.ULaw8);
        var playable = sounds.Where(sound => (codecs & (1 << (int)sound.Codec)) != 0);
        return isDear ? playable.MinBy(sound => sound.Bytes) : playable.MaxBy(sound => sound.Bytes);
    }
}
