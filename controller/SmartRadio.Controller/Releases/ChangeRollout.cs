using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Releases;

/// <summary>Stops a rollout, or goes on with one that stopped: nodes that failed are then tried again.</summary>
public sealed class ChangeRollout(AuditedChanges changes, ChangeFeed feed, TimeProvider time)
{
    /// <exception cref="RefusedException"><see cref="Refusal.UnknownRollout"/>, <see cref="Refusal.RolloutOver"/>.</exception>
    public Task StopAsync(long id, Actor actor, CancellationToken cancel) => ApplyAsync(id, "rollout.stop", RolloutState.Running, actor, (_, rollout) =>
    {
        rollout.State = RolloutState.Stopped;
        rollout.EndedAt = time.GetUtcNow();
        return Task.CompletedTask;
    }, cancel);

    /// <exception cref="RefusedException"><see cref="Refusal.UnknownRollout"/>, <see cref="Refusal.RolloutOver"/>, <see cref="Refusal.RolloutRunning"/>.</exception>
    public Task ContinueAsync(long id, Actor actor, CancellationToken cancel) => ApplyAsync(id, "rollout.continue", RolloutState.Stopped, actor, async (db, rollout) =>
    {
        if (await db.Rollouts.AnyAsync(row => row.State == RolloutState.Running, cancel))
        {
            throw new RefusedException(Refusal.RolloutRunning);
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
    }, cancel);

    private async Task ApplyAsync(
        long id, string action, RolloutState from, Actor actor, Func<RadioDb, Rollout, Task> change, CancellationToken cancel)
    {
        await changes.ApplyAsync(
            actor,
            action,
            async (db, token) =>
            {
                var rollout = await db.Rollouts.Include(row => row.Nodes).FirstOrDefaultAsync(row => row.Id == id, token)
                    ?? throw new RefusedException(Refusal.UnknownRollout, id);
                if (rollout.State != from)
                {
                    throw new RefusedException(Refusal.RolloutOver);
                }

                await change(db, rollout);
                return new ChangeReport<Rollout>(rollout, $"rollout {id}", new { rollout.Stage });
            },
            cancel);
        feed.Changed(Feed.Fleet);
    }
}
