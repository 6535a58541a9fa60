using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Complaints;

/// <summary>What one loudspeaker had to play, and what its receipts say of it.</summary>
/// <param name="Start">The planned one.</param>
/// <param name="StartedAt">When its first sample left the loudspeaker; null when it never did.</param>
public sealed record AiredAtNode(
    long BroadcastId, string Title, BroadcastClass Class, DateTimeOffset Start, TimeSpan Length, BroadcastProgress Progress,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Samples really handed to the output.</summary>
    public long Samples { get; init; }

    /// <summary>So far around the instant is looked.</summary>
    public static readonly TimeSpan Around = TimeSpan.FromMinutes(30);

    /// <summary>Longest sound there is, see the range of <c>Audio:MaxLength</c>.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private const int Most = 20;

    /// <summary>What concerned a loudspeaker around an instant, the earliest first.</summary>
    internal static async Task<IReadOnlyList<AiredAtNode>> AroundAsync(
        RadioDb db, string nodeId, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var (from, to) = (instant - Around, instant + Around);
        // Lengths are compared here: the database holds them in another unit than instants' differences.
        var earliest = from - Longest;
        var rows = await (
            from broadcast in db.Broadcasts.AsNoTracking()
            where broadcast.Start >= earliest && broadcast.Start <= to
            join target in db.Targets on broadcast.Id equals target.BroadcastId
            where target.NodeId == nodeId
            join bulletin in db.Bulletins on broadcast.BulletinId equals bulletin.Id
            orderby broadcast.Start descending
            select new { Broadcast = broadcast, Target = target, bulletin.Title }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(row => EndOf(row.Broadcast, row.Target) >= from).Take(Most).Reverse().Select(row => new AiredAtNode(
                row.Broadcast.Id, row.Title, row.Broadcast.Class, row.Broadcast.Start, row.Broadcast.Length,
                TargetProgress.Of(row.Target.State, row.Target.Reason, row.Target.Samples > 0),
                row.Target.StartedAt, row.Target.EndedAt)
            {
                Samples = row.Target.Samples,
            }),
        ];
    }

    private static DateTimeOffset EndOf(Broadcast broadcast, Target target) =>
        target.EndedAt ?? (target.StartedAt ?? broadcast.Start) + broadcast.Length;
}
