using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <param name="BulletinId">An approved bulletin.</param>
/// <param name="Class">Normal, priority or emergency.</param>
/// <param name="Audience">Who hears it.</param>
/// <param name="Start">When; null = now.</param>
/// <param name="Tolerance">How late a node may still start it; null = the usual.</param>
public sealed record AirRequest(
    long BulletinId, BroadcastClass Class, Audience Audience, DateTimeOffset? Start, TimeSpan? Tolerance);

/// <summary>Airs a bulletin once, now or at a given instant.</summary>
public sealed class AirBulletin(
    AuditedChanges changes,
    BroadcastMaker maker,
    BroadcastRules rules,
    HeardBulletin heard,
    AudienceCheck audiences,
    IOptions<BroadcastOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    // A form that was filled in a moment ago is not "in the past".
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <exception cref="RefusedException">
    /// Class, tolerance or start is not accepted, the audience or the bulletin is unknown, it would touch quiet hours, too
    /// many broadcasts are open, or the person may not air, or for an emergency not warn, in every area that is named.
    /// </exception>
    public async Task<Broadcast> HandleAsync(AirRequest request, Actor actor, CancellationToken cancellationToken)
    {
        BroadcastRules.CheckClass(request.Class);
        var tolerance = request.Tolerance ?? options.Value.Tolerance;
        BroadcastRules.CheckTolerance(tolerance);
        var start = StartOf(request);
        var right = request.Class == BroadcastClass.Emergency ? Right.Alert : Right.Approve;
        await audiences.CheckAsync(request.Audience, cancellationToken);
        var audience = request.Audience.WithoutRepeats();
        return await changes.ApplyAsync(actor, right, "broadcast.air", async (change, token) =>
        {
            var db = change.Db;
            var named = await AudienceNodes.AreasAsync(db, audience, token);
            change.At(named);
            var bulletin = await HeardBulletin.FindAsync(change, request.BulletinId, token);
            await rules.CheckCountAsync(db, request.Class, actor.PersonId, token);
            var tree = await AreaQuery.LoadAsync(db, token);
            var nodes = await AudienceNodes.ResolveAsync(db, tree, audience, token);
            var areas = AudienceNodes.Reached(tree, audience, named);
            await heard.CheckAsync(change, bulletin, tree, areas, token);
            rules.CheckQuietHours(tree, areas, request.Class, start, bulletin.Length);
            var draft = new BroadcastDraft(request.Class, audience, start, tolerance)
            {
                CreatedById = actor.PersonId,
                IsExercise = BroadcastRules.IsExercise(tree, areas, request.Class, time.GetUtcNow()),
            };
            var made = await maker.MakeAsync(db, nodes, bulletin, draft, token);
            await PlanNumbers.RaiseAsync(change, nodes.Select(node => node.Id), token);
            change.Happens(made.IsExercise ? new BroadcastsChanged([made.Id]) : new BroadcastAired(made.Id));
            return change.Report(
                made, $"broadcast {made.Id}",
                new { made.BulletinId, Class = made.Class.ToString(), made.Start, Nodes = nodes.Count, made.IsExercise });
        }, cancellationToken);
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
            throw new RefusedException(BroadcastRefusal.StartInPast, asked);
        }

        if (asked > now + Furthest)
        {
            throw new RefusedException(BroadcastRefusal.StartTooFar, asked);
        }

        return asked > now ? asked : now + lead;
    }
}
