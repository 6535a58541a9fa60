using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Groups;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Groups;

public sealed record GroupBody(
    [property: Description("One line, at most 200 characters.")] string Name,
    [property: Description("Ids of its nodes, in its area or below it.")] IReadOnlyList<string> Nodes,
    [property: Description("The area of a new group; without it the caller's own. A group stays in its area.")]
    long? AreaId = null)
{
    [Description("The mark of the group that was read; refused when it has changed since. Without it it is changed anyway.")]
    public string? Seen { get; init; }
}

public sealed record GroupAnswer
{
    internal GroupAnswer(GroupRow row) =>
        (Id, AreaId, Name, Nodes, Mark) = (row.Id, row.AreaId, row.Name, row.Nodes, row.Mark);

    public long Id { get; }

    public long AreaId { get; }

    public string Name { get; }

    [Description("Ids of its nodes that are in service.")]
    public IReadOnlyList<string> Nodes { get; }

    [Description("A mark of what the group is, for `seen`.")]
    public string Mark { get; }
}

internal static class GroupApi
{
    public static void MapGroups(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/groups").WithTags("groups");
        groups.MapGet(string.Empty, ListAsync).Needs(Right.See)
            .Operation("listGroups", "The groups of nodes of the caller's areas, by name.").Refuses();
        groups.MapPost(string.Empty, AddAsync).Needs(Right.Write)
            .Operation("addGroup", "Names nodes of an area together.").Refuses(400, 403, 404, 409, 422);
        groups.MapPut("/{id:long}", ChangeAsync).Needs(Right.Write)
            .Operation("changeGroup", "Changes the name or the nodes of a group; what is planned for it follows.")
            .Refuses(400, 403, 404, 409, 422);
        groups.MapDelete("/{id:long}", RemoveAsync).Needs(Right.Write)
            .Operation("removeGroup", "Removes a group for which nothing is to be aired any more.").Refuses(403, 404, 409);
    }

    private static async Task<IReadOnlyList<GroupAnswer>> ListAsync(
        [AsParameters] ListPage page, GroupQuery groups, MyGrants mine, HttpContext context,
        CancellationToken cancellationToken)
    {
        var rows = await groups.ListAsync(await mine.SeenAsync(cancellationToken), cancellationToken);
        return page.AnswerOf(
            context, rows, row => row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            row => new GroupAnswer(row));
    }

    private static async Task<Created<GroupAnswer>> AddAsync(
        GroupBody body, SaveGroup save, GroupQuery groups, MyGrants mine, HttpContext context,
        CancellationToken cancellationToken)
    {
        var area = body.AreaId ?? await mine.HomeAsync(Right.Write, cancellationToken);
        var answer = await SaveAsync(new(null, area, body.Name, body.Nodes), save, groups, context, cancellationToken);
        return TypedResults.Created($"/api/v1/groups/{answer.Id}", answer);
    }

    private static Task<GroupAnswer> ChangeAsync(
        long id, GroupBody body, SaveGroup save, GroupQuery groups, HttpContext context, CancellationToken cancellationToken) =>
        SaveAsync(new(id, body.AreaId, body.Name, body.Nodes) { Seen = body.Seen }, save, groups, context, cancellationToken);

    private static async Task<GroupAnswer> SaveAsync(
        SaveGroupRequest request, SaveGroup save, GroupQuery groups, HttpContext context, CancellationToken cancellationToken)
    {
        var saved = await save.HandleAsync(request, context.User.Actor(), cancellationToken);
        return new(await groups.FindAsync(saved.Id, AreaScope.Everywhere, CancellationToken.None)
            ?? throw new RefusedException(GroupRefusal.UnknownGroup, saved.Id));
    }

    private static async Task<NoContent> RemoveAsync(
        long id, RemoveGroup remove, HttpContext context, CancellationToken cancellationToken)
    {
        await remove.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }
}
