using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Delivery.Streams;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>One press: silence everywhere, whatever is on air or about to be. What is planned for later stays.</summary>
public sealed class StopEverything(
    IDbContextFactory<RadioDb> databases,
    AuditedChanges changes,
    PlanSync plans,
    StreamScheduler streams,
    CommandSender commands,
    ChangeFeed feed,
    TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // A broadcast that is only seconds away was meant too.
    private static readonly TimeSpan AboutTo = TimeSpan.FromSeconds(10);

    /// <returns>How many broadcasts were stopped.</returns>
    public async Task<int> HandleAsync(Actor actor, CancellationToken cancel)
    {
        // Silence first, the books after: every node is told before the database is even asked what was on air.
        await SilenceAsync(cancel);
        var (stopped, nodes) = await changes.ApplyAsync(
            actor,
            "broadcast.stop-all",
            async (db, token) =>
            {
                var running = await Running(db).Include(b => b.Targets).ToListAsync(token);
                var concerned = running.SelectMany(broadcast => broadcast.Stop(time.GetUtcNow())).Distinct(StringComparer.Ordinal).ToList();
                await BroadcastMaker.CountUpPlansAsync(db, concerned, token);
                var ids = running.ConvertAll(broadcast => broadcast.Id);
                return new ChangeReport<(int, List<string>)>((ids.Count, concerned), "everything", new { Broadcasts = ids, Nodes = concerned.Count });
            },
            cancel);

        plans.Send(nodes);
        feed.Changed(Feed.Broadcasts);
        return stopped;
    }

    private IQueryable<Broadcast> Running(RadioDb db)
    {
        var soon = time.GetUtcNow() + AboutTo;
        return db.Broadcasts.Where(b => b.State == BroadcastState.Planned && b.Start <= soon);
    }

    private async Task SilenceAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var body = new StopCommand { Broadcast = 0 }.Write();
        await foreach (var node in db.Nodes.Where(n => n.RevokedAt == null).Select(n => n.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            await commands.SendAsync(node, CommandType.Stop, body, Lifetime, cancel);
        }

        (await Running(db).Select(broadcast => broadcast.Id).ToListAsync(cancel)).ForEach(streams.Stop);
    }
}
