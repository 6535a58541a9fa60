using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Releases;

/// <summary>Stops a rollout, or goes on with one that stopped: nodes that failed are then tried again.</summary>
public sealed class ChangeRollout(AuditedChanges changes, TimeProvider time)
{
    /// <exception cref="RefusedException">
    /// <see cref="ReleaseRefusal.UnknownRollout"/>, <see cref="ReleaseRefusal.RolloutOver"/>.
    /// </exception>
    public Task StopAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(id, "rollout.stop", RolloutState.Running, actor, (_, rollout) =>
    {
        rollout.State = RolloutState.Stopped;
        rollout.EndedAt = time.GetUtcNow();
        return Task.CompletedTask;
    }, cancellationToken);

    /// <exception cref="RefusedException">
    /// <see cref="ReleaseRefusal.UnknownRollout"/>, <see cref="ReleaseRefusal.RolloutOver"/>,
    /// <see cref="ReleaseRefusal.RolloutRunning"/>.
    /// </exception>
    public Task ContinueAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(id, "rollout.continue", RolloutState.Stopped, actor, async (db, rollout) =>
    {
        if (await db.Rollouts.AnyAsync(row => row.State == RolloutState.Running, cancellationToken))
        {
            throw new RefusedException(ReleaseRefusal.RolloutRunning);
        }

        rollout.State = RolloutState.Running;
        rollout.EndedAt = null;
        foreach (var node in rollout.Nodes.Where(node => node.Step == RolloutStep.Failed))
        {
            node.Step = RolloutStep.Waiting;
            node.Failure = RolloutFailure.None;
            node.SentAt = null;
            node.EndedAt = null;
        }
    }, cancellationToken);

    private async Task ApplyAsync(
        long id, string action, RolloutState from, Actor actor, Func<RadioDb, Rollout, Task> change,
        CancellationToken cancellationToken)
    {
        await changes.ApplyAsync(
            actor,
            Right.Administer,
            action,
            async (open, token) =>
            {
                var db = open.Db;
                open.Everywhere();
                var rollout = await db.Rollouts.Include(row => row.Nodes).FirstOrDefaultAsync(row => row.Id == id, token)
                    ?? throw new RefusedException(ReleaseRefusal.UnknownRollout, id);
                if (rollout.State != from)
                {
                    throw new RefusedException(ReleaseRefusal.RolloutOver);
                }

                await change(db, rollout);
                open.Happens(new ReleasesChanged());
                return open.Report(rollout, $"rollout {id}", new { rollout.Stage });
            },
            cancellationToken);
    }
}
