using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Areas;

/// <param name="AreaId">The area; all below it that set none of their own follow.</param>
/// <param name="QuietHours">Null = inherited; equal ends = none.</param>
/// <param name="MinutesPerDay">1 to 1440; null = inherited.</param>
public sealed record SetAreaRulesRequest(long AreaId, QuietHours? QuietHours, int? MinutesPerDay);

/// <summary>Sets the hours and the minutes of sound that bind an area.</summary>
public sealed class SetAreaRules(AuditedChanges changes, PlanSync plans, ChangeFeed feed)
{
    private const int MinutesOfADay = 24 * 60;

    /// <exception cref="RefusedException"><see cref="Refusal.Malformed"/> for the minutes, <see cref="Refusal.UnknownArea"/>.</exception>
    public async Task HandleAsync(SetAreaRulesRequest request, Actor actor, CancellationToken cancel)
    {
        if (request.MinutesPerDay is < 1 or > MinutesOfADay)
        {
            throw new RefusedException(Refusal.Malformed, "minutesPerDay");
        }

        var nodes = await changes.ApplyAsync(actor, "area.rules", async (db, token) =>
        {
            var area = await db.Areas.FindAsync([request.AreaId], token)
                ?? throw new RefusedException(Refusal.UnknownArea, request.AreaId);
            var before = new { QuietHours = area.QuietHours?.ToString(), area.MinutesPerDay };
            area.QuietHours = request.QuietHours;
            area.MinutesPerDay = request.MinutesPerDay;
            var after = new { QuietHours = area.QuietHours?.ToString(), area.MinutesPerDay };
            return new ChangeReport<List<string>>(await BoundAsync(db, area, token), $"area {area.Id}", new { before, after });
        }, cancel);
        plans.Send(nodes);
        feed.Changed(Feed.Fleet);
    }

    /// <summary>The nodes below, whose plans carry the rules: each is to hold a newer one.</summary>
    private static async Task<List<string>> BoundAsync(RadioDb db, Area area, CancellationToken cancel)
    {
        var areas = (await AreaQuery.LoadAsync(db, cancel)).WithDescendants([area.Id]).ToList();
        var nodes = await db.Nodes.Where(node => node.RevokedAt == null && areas.Contains(node.AreaId)).Select(node => node.Id).ToListAsync(cancel);
        await BroadcastMaker.CountUpPlansAsync(db, nodes, cancel);
        return nodes;
    }
}
