using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Areas;

/// <param name="AreaId">The area; all below it that set none of their own follow.</param>
/// <param name="QuietHours">Null = inherited; equal ends = none.</param>
/// <param name="MinutesPerDay">1 to 1440; null = inherited.</param>
public sealed record SetAreaRulesRequest(long AreaId, QuietHours? QuietHours, int? MinutesPerDay)
{
    /// <summary>In the order in which bulletins say their words in them; null = inherited.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>How loud the nodes are by time of day; null or none = inherited.</summary>
    public IReadOnlyList<VolumeStep>? DayVolume { get; init; }

    /// <summary>The mark of the rules that the person saw; null = they are set whatever they are.</summary>
    public string? Seen { get; init; }
}

/// <summary>Sets the hours, the minutes and the volumes of sound that bind an area, and the order of its languages.</summary>
public sealed class SetAreaRules(AuditedChanges changes)
{
    private const int MinutesOfADay = 24 * 60;

    /// <exception cref="RefusedException">
    /// <see cref="Refusal.Malformed"/> for the minutes, <see cref="AreaRefusal.UnknownArea"/>,
    /// <see cref="Refusal.ChangedMeanwhile"/>, or the languages are refused as
    /// by <see cref="LanguageOrder.Of"/>, or the volumes as by <see cref="DayVolume.Of"/>.
    /// </exception>
    public Task HandleAsync(SetAreaRulesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (request.MinutesPerDay is < 1 or > MinutesOfADay)
        {
            throw new RefusedException(Refusal.Malformed, "minutesPerDay");
        }

        var languages = request.Languages is { } names ? LanguageOrder.Of(names) : null;
        var volume = DayVolume.Of(request.DayVolume);
        return changes.ApplyAsync(actor, Right.Administer, "area.rules", async (change, token) =>
        {
            var area = await change.Db.Areas.FindAsync([request.AreaId], token)
                ?? throw new RefusedException(AreaRefusal.UnknownArea, request.AreaId);
            change.At(area.Id);
            ShownMark.Check(request.Seen, area.RulesMark);
            var before = RulesOf(area);
            area.QuietHours = request.QuietHours;
            area.MinutesPerDay = request.MinutesPerDay;
            area.Languages = languages;
            area.DayVolume = volume;
            var after = RulesOf(area);
            change.Happens(new AreaRulesSet(area.Id));
            return change.Report(area, $"area {area.Id}", new { before, after });
        }, cancellationToken);
    }

    private static object RulesOf(Area area) => new
    {
        QuietHours = area.QuietHours?.ToString(),
        area.MinutesPerDay,
        Languages = area.Languages?.Names,
        DayVolume = area.DayVolume?.ToString(),
    };
}
