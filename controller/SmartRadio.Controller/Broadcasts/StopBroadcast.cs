using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Delivery.Streams;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Stops a broadcast that is on air, or cancels one that is still to come, on every node.</summary>
public sealed class StopBroadcast(
    IDbContextFactory<RadioDb> databases,
    AuditedChanges changes,
    PlanSync plans,
    StreamScheduler streams,
    CommandSender commands,
    ChangeFeed feed,
    TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <exception cref="RefusedException">It does not exist or is over.</exception>
    public async Task HandleAsync(long broadcastId, Actor actor, CancellationToken cancel)
    {
        // Silence first, the books after: a disk that is full must not keep a loudspeaker talking.
        await SilenceAsync(broadcastId, cancel);
        var nodes = await changes.ApplyAsync(actor, "broadcast.stop", (db, token) => RecordAsync(db, broadcastId, token), cancel);
        plans.Send(nodes);
        feed.Changed(Feed.Broadcasts);
    }

    private static async Task<Broadcast> FindAsync(RadioDb db, long broadcastId, CancellationToken cancel)
    {
        var broadcast = await db.Broadcasts.Include(b => b.Targets).FirstOrDefaultAsync(b => b.Id == broadcastId, cancel)
            ?? throw new RefusedException(Refusal.UnknownBroadcast, broadcastId);
        return broadcast.State == BroadcastState.Planned ? broadcast : throw new RefusedException(Refusal.AlreadyOver, broadcastId);
    }

    private async Task SilenceAsync(long broadcastId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var broadcast = await FindAsync(db, broadcastId, cancel);
        streams.Stop(broadcastId);
        var body = new StopCommand { Broadcast = broadcastId }.Write();
        foreach (var target in broadcast.Targets.Where(target => !target.IsOver))
        {
            await commands.SendAsync(target.NodeId, CommandType.Stop, body, Lifetime, cancel);
        }
    }

    private async Task<ChangeReport<IReadOnlyList<string>>> RecordAsync(RadioDb db, long broadcastId, CancellationToken cancel)
    {
        var stopped = (await FindAsync(db, broadcastId, cancel)).Stop(time.GetUtcNow());
        await BroadcastMaker.CountUpPlansAsync(db, stopped, cancel);
        return new ChangeReport<IReadOnlyList<string>>(stopped, $"broadcast {broadcastId}", new { Nodes = stopped.Count });
    }
}
