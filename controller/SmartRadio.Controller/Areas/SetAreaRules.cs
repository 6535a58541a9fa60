using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Areas;

/// <param name="AreaId">The area; all below it that set none of their own follow.</param>
/// <param name="QuietHours">Null = inherited; equal ends = none.</param>
/// <param name="MinutesPerDay">1 to 1440; null = inherited.</param>
public sealed record SetAreaRulesRequest(long AreaId, QuietHours? QuietHours, int? MinutesPerDay);

/// <summary>Sets the hours and the minutes of sound that bind an area.</summary>
public sealed class SetAreaRules(AuditedChanges changes)
{
    private const int MinutesOfADay = 24 * 60;

    /// <exception cref="RefusedException">
    /// <see cref="Refusal.Malformed"/> for the minutes, <see cref="AreaRefusal.UnknownArea"/>.
    /// </exception>
    public Task HandleAsync(SetAreaRulesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (request.MinutesPerDay is < 1 or > MinutesOfADay)
        {
            throw new RefusedException(Refusal.Malformed, "minutesPerDay");
        }

        return changes.ApplyAsync(actor, Right.Administer, "area.rules", async (change, token) =>
        {
            var area = await change.Db.Areas.FindAsync([request.AreaId], token)
                ?? throw new RefusedException(AreaRefusal.UnknownArea, request.AreaId);
            change.At(area.Id);
            var before = new { QuietHours = area.QuietHours?.ToString(), area.MinutesPerDay };
            area.QuietHours = request.QuietHours;
            area.MinutesPerDay = request.MinutesPerDay;
            var after = new { QuietHours = area.QuietHours?.ToString(), area.MinutesPerDay };
            change.Happens(new AreaRulesSet(area.Id));
            return change.Report(area, $"area {area.Id}", new { before, after });
        }, cancellationToken);
    }
}
