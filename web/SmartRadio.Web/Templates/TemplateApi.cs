using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Templates;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Templates;

public sealed record TemplateBody(
    [property: Description("One line, at most 200 characters.")] string Title,
    [property: Description("At most 4,000 characters. A blank is a name in square brackets. Example: \"Họp vào [giờ].\"")]
    string Text,
    [property: Description("The area that uses it, with all below it; without it the caller's own, or all together.")]
    long? AreaId = null)
{
    [Description("The mark of the template that was read; refused when it has changed since. Without it it is changed anyway.")]
    public string? Seen { get; init; }
}

public sealed record TemplateAnswer(
    [property: Description("A number, or the name of a template that comes with the program.")] string Id,
    [property: Description("The area whose template it is; null = all together.")] long? AreaId, string Title, string Text,
    [property: Description("The names of its blanks.")] IReadOnlyList<string> Blanks,
    [property: Description("It comes with the program and cannot be changed.")] bool BuiltIn)
{
    [Description("A mark of what the template is, for `seen`.")]
    public string Mark { get; private init; } = string.Empty;

    internal static TemplateAnswer Of(TemplateRow row) =>
        new(row.Key, row.AreaId, row.Title, row.Text, TemplateBlanks.Of(row.Text), row.IsBuiltIn) { Mark = row.Mark };
}

internal static class TemplateApi
{
    private const int Most = 1000;

    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/templates").WithTags("templates");
        templates.MapGet(string.Empty, ListAsync).Needs(Right.Write)
            .Operation("listTemplates", "The texts with blanks that may be used.").Refuses();
        templates.MapPost(string.Empty, AddAsync).Needs(Right.Write)
            .Operation("addTemplate", "Keeps a text with blanks.").Refuses(400, 403, 422);
        templates.MapPut("/{id:long}", ChangeAsync).Needs(Right.Write)
            .Operation("changeTemplate", "Changes a template.").Refuses(400, 403, 404, 409, 422);
        templates.MapDelete("/{id:long}", RemoveAsync).Needs(Right.Write)
            .Operation("removeTemplate", "Removes a template; bulletins made of it stay.").Refuses(403, 404);
    }

    private static async Task<IReadOnlyList<TemplateAnswer>> ListAsync(
        [AsParameters] ListPage page, TemplateQuery templates, MyGrants mine, HttpContext context,
        CancellationToken cancellationToken)
    {
        var scope = (await mine.GetAsync(cancellationToken)).Of(Right.Write);
        return page.AnswerOf(
            context, await templates.ListAsync(scope, Most, cancellationToken), row => row.Key, TemplateAnswer.Of);
    }

    private static async Task<Created<TemplateAnswer>> AddAsync(
        TemplateBody body, SaveTemplate save, MyGrants mine, HttpContext context, CancellationToken cancellationToken)
    {
        var answer = await SaveAsync(id: null, body, save, mine, context, cancellationToken);
        return TypedResults.Created($"/api/v1/templates/{answer.Id}", answer);
    }

    private static Task<TemplateAnswer> ChangeAsync(
        long id, TemplateBody body, SaveTemplate save, MyGrants mine, HttpContext context,
        CancellationToken cancellationToken) => SaveAsync(id, body, save, mine, context, cancellationToken);

    private static async Task<TemplateAnswer> SaveAsync(
        long? id, TemplateBody body, SaveTemplate save, MyGrants mine, HttpContext context, CancellationToken cancellationToken)
    {
        var area = body.AreaId ?? await mine.HomeAsync(Right.Write, cancellationToken);
        return TemplateAnswer.Of(await save.HandleAsync(
            new SaveTemplateRequest(id, area, body.Title, body.Text) { Seen = body.Seen }, context.User.Actor(),
            cancellationToken));
    }

    private static async Task<NoContent> RemoveAsync(
        long id, RemoveTemplate remove, HttpContext context, CancellationToken cancellationToken)
    {
        await remove.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }
}
