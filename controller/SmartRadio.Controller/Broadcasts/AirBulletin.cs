using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Delivery.Streams;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <param name="BulletinId">An approved bulletin.</param>
/// <param name="Class">Normal, priority or emergency.</param>
/// <param name="Audience">Who hears it.</param>
/// <param name="Start">When; null = now.</param>
/// <param name="Tolerance">How late a node may still start it; null = the usual.</param>
public sealed record AirRequest(long BulletinId, BroadcastClass Class, Audience Audience, DateTimeOffset? Start, TimeSpan? Tolerance);

/// <summary>Airs a bulletin once, now or at a given instant.</summary>
public sealed class AirBulletin(
    AuditedChanges changes,
    AreaQuery areas,
    BroadcastMaker maker,
    BroadcastRules rules,
    PlanSync plans,
    StreamScheduler streams,
    ChangeFeed feed,
    IOptions<RadioOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    // A form that was filled in a moment ago is not "in the past".
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    public async Task<Broadcast> HandleAsync(AirRequest request, Actor actor, CancellationToken cancel)
    {
        BroadcastRules.CheckClass(request.Class);
        var tolerance = request.Tolerance ?? options.Value.Tolerance;
        BroadcastRules.CheckTolerance(tolerance);
        var start = StartOf(request);
        var tree = await areas.LoadAsync(cancel);
        var broadcast = await changes.ApplyAsync(
            actor,
            "broadcast.air",
            async (db, token) =>
            {
                var bulletin = await db.Bulletins.AsNoTracking().FirstOrDefaultAsync(b => b.Id == request.BulletinId, token)
                    ?? throw new RefusedException(Refusal.UnknownBulletin, request.BulletinId);
                var draft = new BroadcastDraft(request.Class, request.Audience, start, tolerance) { CreatedById = actor.PersonId };
                var made = await maker.MakeAsync(db, tree, bulletin, draft, token);
                rules.CheckQuietHours(tree, made.Targets.Select(target => target.AreaId), made.Class, made.Start, made.Length);
                return new ChangeReport<Broadcast>(
                    made,
                    $"broadcast {made.Id}",
                    new { made.BulletinId, Class = made.Class.ToString(), made.Start, Nodes = made.Targets.Count });
            },
            cancel);
        plans.Send(broadcast.Targets.Select(target => target.NodeId));
        streams.Announce(broadcast.Id);
        feed.Changed(Feed.Broadcasts);
        return broadcast;
    }

    private DateTimeOffset StartOf(AirRequest request)
    {
        var now = time.GetUtcNow();
        var lead = request.Class == BroadcastClass.Emergency ? options.Value.EmergencyLead : options.Value.NowLead;
        if (request.Start is not { } asked)
        {
            return now + lead;
        }

        if (asked < now - Slack)
        {
            throw new RefusedException(Refusal.StartInPast, asked);
        }

        if (asked > now + Furthest)
        {
            throw new RefusedException(Refusal.StartTooFar, asked);
        }

        return asked > now ? asked : now + lead;
    }
}
