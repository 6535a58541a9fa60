using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Controller;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Nodes;

public sealed record NodeBody(string Name, long AreaId);

public sealed record VolumeBody([property: Description("0 to 100.")] int Percent)
{
    [Description("How much of it by time of day, at most 8 steps; null or none = as in the area.")]
    public IReadOnlyList<VolumeStepBody>? DayVolume { get; init; }
}

public sealed record DataBody(
    [property: Description("Sounds ahead of time come by night and in the smallest codec.")] bool LowData,
    [property: Description("Million bytes, 10 to 1000000; null = no limit.")] int? MegabytesAMonth);

public sealed record EnrolledAnswer(
    string Id,
    string Name,
    long AreaId,
    [property: Description(CodeAnswer.About)] string Code,
    DateTimeOffset CodeExpiresAt);

public sealed record CodeAnswer([property: Description(CodeAnswer.About)] string Code, DateTimeOffset ExpiresAt)
{
    internal const string About =
        "For the device, given out this once. It trades the first twelve letters and digits at /enrolments; "
        + "twenty more, if there are any, tell it the controller's own certificate.";
}

/// <summary>Which nodes a list holds.</summary>
public sealed class NodeListQuery
{
    [FromQuery(Name = "area")]
    [Description("Only nodes in this area and below it.")]
    public long? Area { get; init; }

    [FromQuery(Name = "state")]
    [Description("Absent = all that are in service.")]
    public NodeState? State { get; init; }
}

internal static class NodeApi
{
    public static void MapNodes(this IEndpointRouteBuilder api)
    {
        var nodes = api.MapGroup("/nodes").WithTags("nodes");
        nodes.MapGet(string.Empty, ListAsync).Needs(Right.See)
            .Operation("listNodes", "Nodes with what they last reported, by the names of area and node.").Refuses();
        nodes.MapGet("/{id}", GetAsync).Needs(Right.See).Operation("getNode", "One node.").Refuses(404);
        nodes.MapPost(string.Empty, EnrolAsync).Needs(Right.Administer)
            .Operation("enrolNode", "Enrols a node; its code for the device is in this answer only.")
            .WithMetadata(new SecretAnswer()).Refuses(400, 422);
        nodes.MapPost("/{id}/code", MakeCodeAsync).Needs(Right.Administer)
            .Operation("makeEnrolmentCode", "Makes a new enrolment code for a node that no device has become yet.")
            .WithMetadata(new SecretAnswer()).Refuses(404, 409);
        nodes.MapPost("/{id}/rotate", RotateAsync).Needs(Right.Administer)
            .Operation("rotateSecret", "Gives the node a new secret; the old one stays good until the node has used it.")
            .Refuses(404);
        nodes.MapPost("/{id}/revoke", RevokeAsync).Needs(Right.Administer)
            .Operation("revokeNode", "Takes the node out of service at once and for good.").Refuses(404, 409);
        nodes.MapPut("/{id}/volume", SetVolumeAsync).Needs(Right.Operate)
            .Operation("setVolume", "Sets a node's volume, and how it changes in a day.").Refuses(400, 404, 422);
        nodes.MapPut("/{id}/data", SetDataAsync).Needs(Right.Administer)
            .Operation("setDataUse", "Sets how sparing a node is with data.").Refuses(400, 404, 422);
        nodes.MapPost("/{id}/chime", ChimeAsync).Needs(Right.Operate)
            .Operation("playChime", "Plays the test chime on a node that is on-line.").Refuses(404, 409);
    }

    private static async Task<IReadOnlyList<NodeAnswer>> ListAsync(
        [AsParameters] ListPage page, [AsParameters] NodeListQuery asked, NodeQuery fleet, AreaQuery trees, MyGrants mine,
        HttpContext context, CancellationToken cancellationToken)
    {
        var filter = new NodeFilter(
            asked.State,
            (await mine.SeenAsync(cancellationToken)).Within(await trees.WithinAsync(asked.Area, cancellationToken)), page.After);
        var list = await fleet.ListAsync(filter, page.Take, cancellationToken);
        return page.Answer(context, list.Rows, row => row.Id, NodeAnswer.Of, list.Total);
    }

    private static async Task<NodeAnswer> GetAsync(
        string id, NodeQuery fleet, MyGrants mine, CancellationToken cancellationToken) =>
        NodeAnswer.Of(
            await fleet.GetAsync(id, await mine.SeenAsync(cancellationToken), cancellationToken)
                ?? throw new RefusedException(NodeRefusal.UnknownNode, id));

    private static async Task<Created<EnrolledAnswer>> EnrolAsync(
        NodeBody body, EnrolNode enrol, MakeEnrolmentCode code, EnrolmentText text, HttpContext context,
        CancellationToken cancellationToken)
    {
        var (node, _) = await enrol.HandleAsync(
            new EnrolNodeRequest(body.Name, body.AreaId), context.User.Actor(), cancellationToken);
        var made = await code.HandleAsync(node.Id, context.User.Actor(), cancellationToken);
        return TypedResults.Created(
            $"/api/v1/nodes/{node.Id}",
            new EnrolledAnswer(node.Id, node.Name, node.AreaId, text.WholeCode(made), made.ExpiresAt));
    }

    private static async Task<CodeAnswer> MakeCodeAsync(
        string id, MakeEnrolmentCode code, EnrolmentText text, HttpContext context, CancellationToken cancellationToken)
    {
        var made = await code.HandleAsync(id, context.User.Actor(), cancellationToken);
        return new CodeAnswer(text.WholeCode(made), made.ExpiresAt);
    }

    private static async Task<NoContent> RotateAsync(
        string id, RotateSecret rotate, HttpContext context, CancellationToken cancellationToken)
    {
        await rotate.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RevokeAsync(
        string id, RevokeNode revoke, HttpContext context, CancellationToken cancellationToken)
    {
        await revoke.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SetVolumeAsync(
        string id, VolumeBody body, SetVolume volume, HttpContext context, CancellationToken cancellationToken)
    {
        var request = new SetVolumeRequest(id, body.Percent) { DayVolume = VolumeStepBody.Read(body.DayVolume) };
        await volume.HandleAsync(request, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SetDataAsync(
        string id, DataBody body, SetDataUse data, HttpContext context, CancellationToken cancellationToken)
    {
        await data.HandleAsync(
            new SetDataUseRequest(id, body.LowData, body.MegabytesAMonth), context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ChimeAsync(
        string id, SendChime chime, HttpContext context, CancellationToken cancellationToken)
    {
        await chime.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }
}
