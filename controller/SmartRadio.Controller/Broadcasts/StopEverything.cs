using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Audit;
using SmartRadio.Controller.Delivery;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>One press: silence everywhere, whatever is on air or about to be. What is planned for later stays.</summary>
public sealed class StopEverything(
    IDbContextFactory<RadioDb> databases,
    AuditedChanges changes,
    PlanSync plans,
    StreamDirector streams,
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
        var (broadcasts, nodes) = await changes.ApplyAsync(
            actor,
            "broadcast.stop-all",
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                var soon = now + AboutTo;
                var running = await db.Broadcasts.Include(b => b.Targets)
                    .Where(b => b.State == BroadcastState.Planned && b.Start <= soon).ToListAsync(token);
                var stopped = running.SelectMany(broadcast => broadcast.Stop(now)).Distinct(StringComparer.Ordinal).ToList();
                await BroadcastMaker.CountUpPlansAsync(db, stopped, token);
                var ids = running.ConvertAll(broadcast => broadcast.Id);
                return new ChangeReport<(List<long>, List<string>)>((ids, stopped), "everything", new { Broadcasts = ids, Nodes = stopped.Count });
            },
            cancel);

        broadcasts.ForEach(streams.Stop);
        plans.Send(nodes);
        feed.Changed(Feed.Broadcasts);
        return broadcasts.Count;
    }

    private async Task SilenceAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var body = new StopCommand { Broadcast = 0 }.Write();
        await foreach (var node in db.Nodes.Where(n => n.RevokedAt == null).Select(n => n.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            await commands.SendAsync(node, CommandType.Stop, body, Lifetime, cancel);
        }
    }
}
