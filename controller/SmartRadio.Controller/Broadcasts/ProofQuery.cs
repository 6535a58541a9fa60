using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>A node in the picture of a broadcast: where it stands and how far it got.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TargetDot(long AreaId, BroadcastProgress Progress);

/// <summary>A broadcast with what its nodes did, as a page shows it.</summary>
/// <param name="Detail">The broadcast.</param>
/// <param name="Ready">How many of the nodes that it counts hold the sound, or went further.</param>
/// <param name="Dots">Each of these nodes, by the names of area and node.</param>
/// <param name="Named">Some of them with all that is known, those that failed first, then by the names of area and node.</param>
public sealed record ShownProof(
    BroadcastDetail Detail, int Ready, IReadOnlyList<TargetDot> Dots, IReadOnlyList<TargetRow> Named);

/// <summary>Reads what nodes did with a broadcast.</summary>
public sealed class ProofQuery(IDbContextFactory<RadioDb> databases, BroadcastQuery broadcasts)
{
    /// <summary>One broadcast with its nodes within a scope; null when nothing of it lies there.</summary>
    /// <param name="id">The broadcast.</param>
    /// <param name="scope">The reader's areas.</param>
    /// <param name="named">Most nodes told by name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ShownProof?> GetAsync(long id, AreaScope scope, int named, CancellationToken cancellationToken)
    {
        if (await broadcasts.FindAsync(id, scope, cancellationToken) is not { } detail)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var targets = db.Targets.AsNoTracking().Where(target => target.BroadcastId == id);
        if (scope.Areas is { } areas)
        {
            targets = targets.Where(target => areas.Contains(target.AreaId));
        }

        var ready = await targets.CountAsync(
            target => target.State >= TargetState.Verified && target.State < TargetState.Rejected, cancellationToken);
        return new ShownProof(
            detail, ready, await DotsAsync(db, targets, cancellationToken),
            await NamedAsync(db, targets, named, cancellationToken));
    }

    // The picture has a dot for each node, so each is read, but nothing of it that the picture does not show.
    private static async Task<IReadOnlyList<TargetDot>> DotsAsync(
        RadioDb db, IQueryable<Target> targets, CancellationToken cancellationToken)
    {
        var rows = await (
            from target in targets
            join node in db.Nodes on target.NodeId equals node.Id
            join area in db.Areas on target.AreaId equals area.Id
            orderby area.Name, node.Name
            select new ValueTuple<long, TargetState, ReceiptReason, bool>(
                target.AreaId, target.State, target.Reason, target.Samples > 0))
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new TargetDot(row.Item1, TargetProgress.Of(row.Item2, row.Item3, row.Item4)));
    }

    private static async Task<IReadOnlyList<TargetRow>> NamedAsync(
        RadioDb db, IQueryable<Target> targets, int take, CancellationToken cancellationToken) => await (
        from target in targets
        join node in db.Nodes on target.NodeId equals node.Id
        join area in db.Areas on target.AreaId equals area.Id
        // As TargetProgress tells it: not played, or not to its end, though nobody cancelled it there.
        orderby target.State > TargetState.Played
            && (target.State == TargetState.Unknown || (target.State == TargetState.Interrupted && target.Samples > 0)
                || (target.Reason != ReceiptReason.Stopped && target.Reason != ReceiptReason.LocalStop)) descending,
            area.Name, node.Name
        select new TargetRow(
            new TargetPlace(node.Id, node.Name, area.Id, area.Name),
            target.State, target.Reason, target.StartedAt, target.EndedAt, target.Samples))
        .Take(take).ToListAsync(cancellationToken);
}
