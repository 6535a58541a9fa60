using System.ComponentModel;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
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
    DateTimeOffset? EndedAt);

public sealed record RolloutAnswer(
    long Id,
    long ReleaseId,
    string Version,
    [property: Description("\"stopped\" by the first node that fails, or by a person.")] RolloutState State,
    [property: Description("1 to 3: nodes of this and earlier stages are updated.")] int Stage,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<RolloutNodeAnswer> Nodes)
{
    internal static RolloutAnswer Of(RolloutRow row) => new(
        row.Id, row.ReleaseId, row.Version, row.State, row.Stage, row.CreatedAt, row.EndedAt,
        [.. row.Nodes.Select(
            node => new RolloutNodeAnswer(
                node.NodeId, node.Name, node.Stage, node.Step, node.Failure, node.SentAt, node.EndedAt))]);
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
            .Operation("getRollout", "How far a rollout is, node by node.").Refuses(404);
        rollouts.MapPost("/{id:long}/stop", StopAsync).NeedsEverywhere(Right.Administer)
            .Operation("stopRollout", "Stops a rollout; nodes that were told already go on.")
            .WithMetadata(new AlwaysCarriedOut()).Refuses(404, 409);
        rollouts.MapPost("/{id:long}/continue", ContinueAsync).NeedsEverywhere(Right.Administer)
            .Operation("continueRollout", "Goes on with a stopped rollout; failed nodes are tried again.").Refuses(404, 409);
    }

    private static async Task<IReadOnlyList<ReleaseAnswer>> ListAsync(
        [AsParameters] ListPage page, ReleaseQuery releases, HttpContext context, CancellationToken cancellationToken) =>
        page.AnswerOf(context, await releases.ListAsync(cancellationToken), row => row.Id, ReleaseAnswer.Of);

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
            $"/api/v1/rollouts/{rollout.Id}", RolloutAnswer.Of((await releases.FindAsync(rollout.Id, cancellationToken))!));
    }

    private static async Task<RolloutAnswer> GetAsync(long id, ReleaseQuery releases, CancellationToken cancellationToken) =>
        RolloutAnswer.Of(
            await releases.FindAsync(id, cancellationToken) ?? throw new RefusedException(ReleaseRefusal.UnknownRollout, id));

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
