using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Fleet;
using SmartRadio.Controller.Storage;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What a broadcast is to be; its length comes from the bulletin.</summary>
public sealed record BroadcastDraft(BroadcastClass Class, Audience Audience, DateTimeOffset Start, TimeSpan Tolerance)
{
    public long? ScheduleId { get; init; }

    public string? CreatedById { get; init; }

    /// <summary>Recorded only: its time passed while nobody could plan it. It reaches no node's plan.</summary>
    public bool Missed { get; init; }
}

/// <summary>Turns a draft into a broadcast with its targets, and counts up the plans of the nodes concerned. Runs inside an audited change.</summary>
public sealed class BroadcastMaker(FleetBoard board, TimeProvider time)
{
    /// <exception cref="RefusedException">The audience is empty or unknown, or the bulletin is not approved.</exception>
    public async Task<Broadcast> MakeAsync(RadioDb db, AreaTree tree, Bulletin bulletin, BroadcastDraft draft, CancellationToken cancel)
    {
        if (!bulletin.IsApproved)
        {
            throw new RefusedException(Refusal.NotApproved, bulletin.Title);
        }

        var nodes = await AudienceNodes.ResolveAsync(db, tree, draft.Audience, cancel);
        var sounds = await db.Objects.AsNoTracking().Where(sound => sound.BulletinId == bulletin.Id).ToListAsync(cancel);
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
        };
        foreach (var node in nodes)
        {
            broadcast.Targets.Add(new Target
            {
                NodeId = node.Id,
                AreaId = node.AreaId,
                ObjectId = SoundFor(node, sounds)?.Id,
                State = draft.Missed ? TargetState.Missed : TargetState.Waiting,
                Reason = draft.Missed ? ReceiptReason.Expired : ReceiptReason.None,
            });
        }

        db.Broadcasts.Add(broadcast);
        await db.SaveChangesAsync(cancel);
        if (!draft.Missed)
        {
            await CountUpPlansAsync(db, nodes.Select(node => node.Id), cancel);
        }

        return broadcast;
    }

    /// <summary>Raises the plan numbers of nodes whose plan has changed.</summary>
    public static async Task CountUpPlansAsync(RadioDb db, IEnumerable<string> nodeIds, CancellationToken cancel)
    {
        var ids = nodeIds.ToList();
        await db.Nodes.Where(node => ids.Contains(node.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(node => node.PlanNumber, node => node.PlanNumber + 1), cancel);
    }

    /// <summary>The object a node gets: the smallest it can play when data is dear, else the best. A node never heard plays µ-law, as all do.</summary>
    private SoundObject? SoundFor(Node node, List<SoundObject> sounds)
    {
        var codecs = board.Find(node.Id).Codecs | (1 << (int)CodecId.ULaw8);
        var playable = sounds.Where(sound => (codecs & (1 << (int)sound.Codec)) != 0);
        return node.LowData ? playable.MinBy(sound => sound.Bytes) : playable.MaxBy(sound => sound.Bytes);
    }
}
