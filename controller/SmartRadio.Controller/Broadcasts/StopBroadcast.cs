using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Audit;
using SmartRadio.Controller.Delivery;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Stops a broadcast that is on air, or cancels one that is still to come, on every node.</summary>
public sealed class StopBroadcast(AuditedChanges changes, PlanSync plans, StreamDirector streams, CommandSender commands, ChangeFeed feed, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <exception cref="RefusedException">It does not exist or is over.</exception>
    public async Task HandleAsync(long broadcastId, Actor actor, CancellationToken cancel)
    {
        var nodes = await changes.ApplyAsync(
            actor,
            "broadcast.stop",
            async (db, token) =>
            {
                var broadcast = await db.Broadcasts.Include(b => b.Targets).FirstOrDefaultAsync(b => b.Id == broadcastId, token)
                    ?? throw new RefusedException(Refusal.UnknownBroadcast, broadcastId);
                if (broadcast.State != BroadcastState.Planned)
                {
                    throw new RefusedException(Refusal.AlreadyOver, broadcastId);
                }

                var stopped = broadcast.Stop(time.GetUtcNow());
                await BroadcastMaker.CountUpPlansAsync(db, stopped, token);
                return new ChangeReport<IReadOnlyList<string>>(stopped, $"broadcast {broadcastId}", new { Nodes = stopped.Count });
            },
            cancel);

        streams.Stop(broadcastId);
        var body = new StopCommand { Broadcast = broadcastId }.Write();
        foreach (var node in nodes)
        {
            await commands.SendAsync(node, CommandType.Stop, body, Lifetime, cancel);
        }

        plans.Send(nodes);
        feed.Changed(Feed.Broadcasts);
    }
}
