using System.ComponentModel;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Releases;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;
using SmartRadio.Web.Shared.Repeats;

namespace SmartRadio.Web.Releases;

public sealed record ReleaseAnswer(
    long Id, string Version, [property: Description("Bytes that each node fetches.")] long Bytes, string Notes,
    DateTimeOffset CreatedAt)
{
    internal static ReleaseAnswer Of(Release release) =>
        new(release.Id, release.Version, release.Bytes, release.Notes, release.CreatedAt);
}

public sealed record RolloutBody(
    [property: Description(
        "Nodes of the first stage; a tenth of the others and then the rest follow.")] IReadOnlyList<string> FirstNodes);

public sealed record RolloutNodeAnswer(
    string NodeId,
    string Name,
    int Stage,
    RolloutStep Step,
    [property: Description("Why it failed, or \"none\".")] RolloutFailure Failure,
    DateTimeOffset? SentAt,
    DateTimeOffset? EndedAt)
{
    internal static RolloutNodeAnswer Of(RolloutNodeRow node) =>
        new(node.NodeId, node.Name, node.Stage, node.Step, node.Failure, node.SentAt, node.EndedAt);
}

public sealed record RolloutAnswer(
    long Id,
    long ReleaseId,
    string Version,
    [property: Description("\"stopped\" by the first node that fails, or by a person.")] RolloutState State,
    [property: Description("1 to 3: nodes of this and earlier stages are updated.")] int Stage,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    [property: Description("By stage and name, at most 1000.")] IReadOnlyList<RolloutNodeAnswer> Nodes)
{
    [Description("Where the nodes after these are, or null.")]
    public string? NodesNext { get; private init; }

    internal static RolloutAnswer Of(RolloutRow row)
    {
        IReadOnlyList<RolloutNodeAnswer> nodes = [.. row.Nodes.Take(ListPage.Most).Select(RolloutNodeAnswer.Of)];
        return new(
            row.Id, row.ReleaseId, row.Version, row.State, row.Stage, row.CreatedAt, row.EndedAt, nodes)
        {
            NodesNext = row.Nodes.Count > nodes.Count ? $"/api/v1/rollouts/{row.Id}/nodes?after={nodes[^1].NodeId}" : null,
        };
    }
}

/// <summary>Which nodes of a rollout a list holds.</summary>
public sealed class RolloutNodesQuery
{
    [FromQuery(Name = "step")]
    [Description("Absent = all.")]
    public RolloutStep? Step { get; init; }
}

/// <summary>Versions of the device program and their way to the nodes.</summary>
internal static class ReleaseApi
{
    public static void MapReleases(this IEndpointRouteBuilder api)
    {
        var releases = api.MapGroup("/releases").WithTags("releases");
        releases.MapGet(string.Empty, ListAsync).NeedsEverywhere(Right.Administer)
            .Operation("listReleases", "The versions of the device program, newest first.").Refuses();
        releases.MapPost(string.Empty, AddAsync)
            .Accepts<IFormFile>(MediaTypeNames.Multipart.FormData)
            .NeedsEverywhere(Right.Administer)
            .Operation(
                "addRelease",
                "Brings a version: multipart with version, notes and file (a .pe, or a zip of them). Nothing goes to any node yet.")
            .Refuses(400, 409, 413, 415, 422, 507);
        releases.MapPost("/{id:long}/rollouts", StartAsync).NeedsEverywhere(Right.Administer)
            .Operation("startRollout", "Begins to bring a version to the nodes, in three stages.").Refuses(400, 404, 409, 422);
        var rollouts = api.MapGroup("/rollouts").WithTags("releases");
        rollouts.MapGet("/{id:long}", GetAsync).NeedsEverywhere(Right.Administer)
            .Operation("getRollout", "How far a rollout is, with its first nodes.").Refuses(404);
        rollouts.MapGet("/{id:long}/nodes", NodesAsync).NeedsEverywhere(Right.Administer)
            .Operation("listRolloutNodes", "The nodes of a rollout, by stage and name.").Refuses(404);
        rollouts.MapPost("/{id:long}/stop", StopAsync).NeedsEverywhere(Right.Administer)
            .Operation("stopRollout", "Stops a rollout; nodes that were told already go on.")
            .WithMetadata(new AlwaysCarriedOut()).Refuses(404, 409);
        rollouts.MapPost("/{id:long}/continue", ContinueAsync).NeedsEverywhere(Right.Administer)
            .Operation("continueRollout", "Goes on with a stopped rollout; failed nodes are tried again.").Refuses(404, 409);
    }

    private static async Task<IReadOnlyList<ReleaseAnswer>> ListAsync(
        [AsParameters] ListPage page, ReleaseQuery releases, HttpContext context, CancellationToken cancellationToken)
    {
        var (rows, total) = await releases.ListAsync(page.AfterId, page.Take, cancellationToken);
        return page.Answer(context, rows, row => row.Id, ReleaseAnswer.Of, total);
    }

    private static async Task<Created<ReleaseAnswer>> AddAsync(
        HttpContext context, AddRelease add, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            throw new BadHttpRequestException("multipart/form-data", StatusCodes.Status415UnsupportedMediaType);
        }

        var form = await MultipartForm.ReadAsync(context.Request, cancellationToken);
        var file = form.Files.GetFile("file") ?? throw new RefusedException(BulletinRefusal.FileMissing);
        await using var content = file.OpenReadStream();
        var request = new ReleaseRequest(form["version"].ToString(), form["notes"].ToString(), file.FileName, content);
        var release = await add.HandleAsync(request, context.User.Actor(), cancellationToken);
        return TypedResults.Created($"/api/v1/releases/{release.Id}", ReleaseAnswer.Of(release));
    }

    private static async Task<Created<RolloutAnswer>> StartAsync(
        long id, RolloutBody body, StartRollout start, ReleaseQuery releases, HttpContext context,
        CancellationToken cancellationToken)
    {
        var rollout = await start.HandleAsync(id, body.FirstNodes, context.User.Actor(), cancellationToken);
        return TypedResults.Created(
            $"/api/v1/rollouts/{rollout.Id}", RolloutAnswer.Of(await FindAsync(rollout.Id, releases, cancellationToken)));
    }

    private static async Task<RolloutAnswer> GetAsync(long id, ReleaseQuery releases, CancellationToken cancellationToken) =>
        RolloutAnswer.Of(await FindAsync(id, releases, cancellationToken));

    private static async Task<RolloutRow> FindAsync(long id, ReleaseQuery releases, CancellationToken cancellationToken) =>
        await releases.FindAsync(id, new RolloutNodeFilter(), ListPage.Most + 1, cancellationToken)
            ?? throw new RefusedException(ReleaseRefusal.UnknownRollout, id);

    private static async Task<IReadOnlyList<RolloutNodeAnswer>> NodesAsync(
        long id, [AsParameters] ListPage page, [AsParameters] RolloutNodesQuery asked, ReleaseQuery releases, HttpContext context,
        CancellationToken cancellationToken)
    {
        var row = await releases.FindAsync(id, new RolloutNodeFilter(asked.Step, page.After), page.Take, cancellationToken)
            ?? throw new RefusedException(ReleaseRefusal.UnknownRollout, id);
        var total = row.Counts.Where(count => asked.Step is null || count.Step == asked.Step).Sum(count => count.Nodes);
        return page.Answer(context, row.Nodes, node => node.NodeId, RolloutNodeAnswer.Of, total);
    }

    private static async Task<NoContent> StopAsync(
        long id, ChangeRollout change, HttpContext context, CancellationToken cancellationToken)
    {
        await change.StopAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ContinueAsync(
        long id, ChangeRollout change, HttpContext context, CancellationToken cancellationToken)
    {
        await change.ContinueAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }
}
