using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Controller.Delivery.Plans;

/// <summary>
/// Works out what a node must hold: its settings and the next broadcasts it is to play. What a node that spares data fetches by
/// night is not in it before.
/// </summary>
public sealed class PlanComposer(DataLedger data, NightHours night, LocalTime clock)
{
    /// <summary>The newest plan of each of these nodes that exists and is not revoked.</summary>
    public async Task<IReadOnlyDictionary<string, Plan>> ComposeAsync(
        RadioDb db, IReadOnlySet<string> nodeIds, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var nodes = await db.Nodes.AsNoTracking()
            .Where(node => nodeIds.Contains(node.Id) && node.RevokedAt == null)
            .Select(node => new
            {
                node.Id,
                node.AreaId,
                node.Volume,
                node.DayVolume,
                node.TakesVolumes,
                node.PlanNumber,
                node.LowData,
            })
            .ToListAsync(cancellationToken);
        var due = await (
            from target in db.Targets.AsNoTracking()
            where nodeIds.Contains(target.NodeId) && target.State < TargetState.Played && target.StoppedAt == null
            join broadcast in db.Broadcasts on target.BroadcastId equals broadcast.Id
            where broadcast.State == BroadcastState.Planned && !broadcast.IsExercise
            join sound in db.Objects
                on new { Id = target.ObjectId!, broadcast.BulletinId } equals new { sound.Id, sound.BulletinId }
            select new Due(
                target.NodeId,
                target.State,
                new DueBroadcast(broadcast.Id, broadcast.Class, broadcast.Start, broadcast.LatestStart, broadcast.Length,
                    broadcast.Rank),
                new DueSound(sound.Id, sound.Codec, sound.Bytes, sound.Samples))).ToListAsync(cancellationToken);

        // What a node has in its plan already is on its way and stays there.
        var thrifty = nodes.Where(node => data.IsThrifty(node.Id, node.LowData)).Select(node => node.Id)
            .ToHashSet(StringComparer.Ordinal);
        due.RemoveAll(item => item.State == TargetState.Waiting && item.Broadcast.Class != BroadcastClass.Emergency
            && thrifty.Contains(item.NodeId) && !night.MayFetch(item.Broadcast.Start, now));

        // A plan has few places: what waits, however much of it, keeps out neither an emergency nor what is on air.
        var entries = due
            .Where(item => item.Broadcast.LatestStart + item.Broadcast.Length > now)
            .OrderByDescending(item => item.Broadcast.Class == BroadcastClass.Emergency)
            .ThenByDescending(item => item.State == TargetState.Playing)
            .ThenBy(item => item.Broadcast.Start)
            // Of those that start together in one class a node plays first what stands first.
            .ThenBy(item => item.Broadcast.Rank).ThenBy(item => item.Broadcast.Id)
            .ToLookup(item => item.NodeId, item => Entry(item.Broadcast, item.Sound), StringComparer.Ordinal);
        return nodes.ToDictionary(
            node => node.Id,
            node =>
            {
                var quiet = tree.QuietHoursOf(node.AreaId);
                return new Plan
                {
                    Number = node.PlanNumber,
                    Volume = node.Volume,
                    QuietFrom = MinuteOfDay(quiet.From),
                    QuietTo = MinuteOfDay(quiet.To),
                    UtcOffset = (int)clock.Zone.GetUtcOffset(now).TotalMinutes,
                    MinutesPerDay = tree.MinutesPerDayOf(node.AreaId) ?? 0,
                    Entries = [.. entries[node.Id].Take(Plan.MaxEntries).OrderBy(entry => entry.Start)],
                    Volumes = node.TakesVolumes
                        ? Volumes(node.DayVolume ?? tree.DayVolumeOf(node.AreaId), node.Volume)
                        : [],
                };
            },
            StringComparer.Ordinal);
    }

    private static PlanEntry Entry(DueBroadcast broadcast, DueSound sound) => new()
    {
        Broadcast = broadcast.Id,
        ObjectId = Convert.FromHexString(sound.ObjectId),
        Codec = sound.Codec,
        ObjectBytes = sound.Bytes,
        Samples = sound.Samples,
        Start = broadcast.Start.ToUnixTimeMilliseconds(),
        LatestStart = broadcast.LatestStart.ToUnixTimeMilliseconds(),
        Class = broadcast.Class,
        Flags = Broadcast.Resumes(broadcast.Class) ? PlanEntry.Resume : (byte)0,
        Volume = 255,
    };

    /// <summary>A node knows its own volume only: what areas say of it in percent is reckoned here.</summary>
    private static VolumeChange[] Volumes(DayVolume? day, int volume) =>
        [.. (day?.Steps ?? []).Select(step => new VolumeChange
        {
            From = MinuteOfDay(step.From),
            Volume = Math.Min(100, volume * step.Percent / 100),
        })];

    private static int MinuteOfDay(TimeOnly local) => (local.Hour * 60) + local.Minute;

    /// <summary>
    /// What a plan says of a broadcast and its sound; whole rows, audiences and all, would be read once a node.
    /// </summary>
    private sealed record Due(string NodeId, TargetState State, DueBroadcast Broadcast, DueSound Sound);

    private sealed record DueBroadcast(
        long Id, BroadcastClass Class, DateTimeOffset Start, DateTimeOffset LatestStart, TimeSpan Length, long Rank);

    private sealed record DueSound(string ObjectId, CodecId Codec, long Bytes, long Samples);
}
