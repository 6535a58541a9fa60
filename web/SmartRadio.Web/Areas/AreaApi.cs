using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Controller;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Areas;

public sealed record AreaBody(
    [property: Description("Administrative code: 1 to 20 letters, digits, dots or hyphens.")] string Code,
    string Name,
    [property: Description("What such a unit is called. Example: \"Xã\".")] string Level,
    [property: Description("The area above, or null for a root.")] long? ParentId = null);

/// <summary>Quiet hours with equal ends are none.</summary>
public sealed record QuietHoursBody([property: Description("Local time, for example 22:00.")] TimeOnly From, TimeOnly To)
{
    internal static QuietHoursBody Of(QuietHours hours) => new(hours.From, hours.To);
}

public sealed record AreaRulesBody(
    [property: Description("Null = as in the area above; equal ends = none.")] QuietHoursBody? QuietHours = null,
    [property: Description("1 to 1440; null = as in the area above. Emergencies have no limit.")] int? MinutesPerDay = null)
{
    [Description("In the order in which bulletins say their words in them, at most 10; null = as in the area above.")]
    public IReadOnlyList<string>? Languages { get; init; }

    [Description("How loud nodes are by time of day, at most 8 steps; null or none = as in the area above.")]
    public IReadOnlyList<VolumeStepBody>? DayVolume { get; init; }

    [Description("The mark of the rules that were read; refused when they have changed since. Without it they are set anyway.")]
    public string? Seen { get; init; }
}

/// <param name="On">True = it begins, or begins anew; false = it ends.</param>
public sealed record ExerciseBody(bool On);

public sealed record AreaAnswer(
    long Id,
    long? ParentId,
    string Code,
    string Name,
    string Level,
    [property: Description("What holds here, own or inherited.")] QuietHoursBody QuietHours,
    [property: Description("What holds here, own or inherited; null = no limit.")] int? MinutesPerDay,
    [property: Description("True when quiet hours or limit are this area's own.")] bool OwnRules)
{
    [Description("The order of languages that holds here, own or inherited.")]
    public IReadOnlyList<string> Languages { get; init; } = [];

    [Description("How loud nodes are here by time of day, own or inherited; none = the same all day.")]
    public IReadOnlyList<VolumeStepBody> DayVolume { get; init; } = [];

    [Description("A mark of the rules that the area sets itself, for `seen`.")]
    public string RulesMark { get; init; } = string.Empty;

    internal static AreaAnswer Of(Area area, AreaTree tree) => new(
        area.Id, area.ParentId, area.Code, area.Name, area.Level,
        QuietHoursBody.Of(tree.QuietHoursOf(area.Id)), tree.MinutesPerDayOf(area.Id),
        area.QuietHours is not null || area.MinutesPerDay is not null)
    {
        Languages = tree.LanguagesOf(area.Id).Names,
        DayVolume = VolumeStepBody.Of(tree.DayVolumeOf(area.Id)),
        RulesMark = area.RulesMark,
    };
}

internal static class AreaApi
{
    public static void MapAreas(this IEndpointRouteBuilder api)
    {
        var areas = api.MapGroup("/areas").WithTags("areas");
        areas.MapGet(string.Empty, ListAsync).Needs(Right.See)
            .Operation("listAreas", "The area tree, each area before those below it.").Refuses();
        areas.MapPost(string.Empty, AddAsync).Needs(Right.Administer)
            .Operation("addArea", "Adds an area.").Refuses(400, 409, 422);
        areas.MapPut("/{id:long}/exercise", SetExerciseAsync).Needs(Right.Administer)
            .Operation(
                "setExercise",
                "Begins or ends an exercise: what people air there meanwhile no node hears, but for an emergency. It ends by itself.")
            .Refuses(400, 404);
        areas.MapPut("/{id:long}/rules", SetRulesAsync).Needs(Right.Administer)
            .Operation("setAreaRules", "Sets quiet hours, the daily limit, the volumes of the day and the order of languages.")
            .Refuses(400, 404, 409, 422);
    }

    private static async Task<IReadOnlyList<AreaAnswer>> ListAsync(
        [AsParameters] ListPage page, [FromQuery, Description("Only this area and those below it.")] long? area,
        AreaQuery trees, MyGrants mine, HttpContext context, CancellationToken cancellationToken)
    {
        var tree = (await trees.LoadAsync(cancellationToken)).Within(await mine.SeenAsync(cancellationToken));
        var listed = area is not { } id ? tree.Walk()
            : tree.Find(id) is not null ? tree.Walk(id)
            : throw new RefusedException(AreaRefusal.UnknownArea, id);
        return page.AnswerOf(context, [.. listed.Select(each => each.Area)], each => each.Id, each => AreaAnswer.Of(each, tree));
    }

    private static async Task<Created<AreaAnswer>> AddAsync(
        AreaBody body, AddArea add, AreaQuery trees, HttpContext context, CancellationToken cancellationToken)
    {
        var area = await add.HandleAsync(
            new AddAreaRequest(body.ParentId, body.Code, body.Name, body.Level), context.User.Actor(), cancellationToken);
        return TypedResults.Created((string?)null, AreaAnswer.Of(area, await trees.LoadAsync(CancellationToken.None)));
    }

    private static async Task<NoContent> SetExerciseAsync(
        long id, ExerciseBody body, SetExercise set, HttpContext context, CancellationToken cancellationToken)
    {
        await set.HandleAsync(id, body.On, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SetRulesAsync(
        long id, AreaRulesBody body, SetAreaRules rules, HttpContext context, CancellationToken cancellationToken)
    {
        var hours = body.QuietHours is { } quiet ? new QuietHours(quiet.From, quiet.To) : null;
        var request = new SetAreaRulesRequest(id, hours, body.MinutesPerDay)
        {
            Languages = body.Languages,
            DayVolume = VolumeStepBody.Read(body.DayVolume),
            Seen = body.Seen,
        };
        await rules.HandleAsync(request, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }
}
