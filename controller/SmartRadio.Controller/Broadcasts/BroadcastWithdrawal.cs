using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Cancels broadcasts that have not begun. It does to all of them together what <see cref="Broadcast.Stop"/> does to one: a week
/// of repeats for a province has hundreds of thousands of targets, and an emergency waits for the turn in which they are written.
/// </summary>
public sealed class BroadcastWithdrawal(LocalTime local) : ITakePartIn<BulletinWithdrawn>, ITakePartIn<ExerciseEnded>
{
    /// <summary>What is planned of a bulletin goes with it.</summary>
    public Task TakePartAsync(Change change, BulletinWithdrawn happening, CancellationToken cancellationToken) => WithdrawAsync(
        change, change.Db.Broadcasts.Where(broadcast => broadcast.BulletinId == happening.BulletinId), local.Now,
        cancellationToken);

    /// <summary>What was planned in an exercise goes with it.</summary>
    public async Task TakePartAsync(Change change, ExerciseEnded happening, CancellationToken cancellationToken)
    {
        var areas = (await AreaQuery.LoadAsync(change.Db, cancellationToken)).WithDescendants([happening.AreaId]).ToList();
        await WithdrawAsync(
            change,
            change.Db.Broadcasts.Where(row => row.IsExercise && row.Targets.Any(target => areas.Contains(target.AreaId))),
            local.Now, cancellationToken);
    }

    /// <param name="change">In progress.</param>
    /// <param name="among">Which, whatever became of them.</param>
    /// <param name="now">The instant of the change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Ids of those that were cancelled.</returns>
    public static async Task<IReadOnlyList<long>> WithdrawAsync(
        Change change, IQueryable<Broadcast> among, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var ids = await among
            .Where(broadcast => broadcast.State == BroadcastState.Planned && broadcast.Start > now)
            .Select(broadcast => broadcast.Id).ToListAsync(cancellationToken);
        var concerned = db.Targets.Where(target =>
            ids.Contains(target.BroadcastId) && target.State < TargetState.Played && target.StoppedAt == null);
        var nodes = await concerned.Select(target => target.NodeId).Distinct().ToListAsync(cancellationToken);
        await db.Broadcasts.Where(broadcast => ids.Contains(broadcast.Id)).ExecuteUpdateAsync(
            set => set
                .SetProperty(broadcast => broadcast.State, BroadcastState.Stopped)
                .SetProperty(broadcast => broadcast.StoppedAt, now),
            cancellationToken);
        await concerned.ExecuteUpdateAsync(
            set => set
                .SetProperty(target => target.StoppedAt, now)
                .SetProperty(
                    target => target.Reason, target => target.State < TargetState.Playing ? ReceiptReason.Stopped : target.Reason)
                .SetProperty(
                    target => target.State, target => target.State < TargetState.Playing ? TargetState.Missed : target.State),
            cancellationToken);
        await PlanNumbers.RaiseAsync(change, nodes, cancellationToken);
        change.Happens(new BroadcastsChanged(ids));
        return ids;
    }
}
