using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Web.Shared.Api;
using SmartRadio.Web.SignIn;
using SmartRadio.Protocol;

namespace SmartRadio.Web.Nodes;

public sealed record NodeBody(string Name, long AreaId);

public sealed record VolumeBody([property: Description("0 to 100.")] int Percent);

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
    internal const string About = "For the device, given out this once. It trades the first twelve letters and digits at /enrolments; "
        + "twenty more, if there are any, tell it the controller's own certificate.";
}

public sealed record RefusalAnswer(
    [property: Description("Who refused.")] RejectedBy By,
    [property: Description("\"inAll\" counts all that the node refused; its other reasons are a part of that.")] RejectedReason Reason,
    long Count,
    DateTimeOffset Last);

public sealed record NodeAnswer(
    string Id,
    string Name,
    long AreaId,
    string AreaName,
    [property: Description("As set, percent.")] int Volume,
    bool Online,
    DateTimeOffset? LastSeen,
    [property: Description("The broadcast on air, or null.")] long? OnAir,
    [property: Description("As the node reports, percent.")] int ReportedVolume,
    [property: Description("dBm; 0 = wired or unknown.")] int Signal,
    [property: Description("KiB.")] long StorageFree,
    [property: Description("KiB.")] long StorageSize,
    string Firmware,
    string Hardware,
    double ClockOffsetMilliseconds,
    [property: Description("Degrees Celsius.")] double Temperature,
    [property: Description("Millivolts; 0 = not measured.")] int Supply,
    [property: Description("What the node measures on its loudspeaker line while it plays: \"silent\" = it plays and nothing arrives, \"open\" = no loudspeaker on the line.")] LineState Line,
    [property: Description("RMS at the node's line sensor, in mV.")] int LineLevel,
    [property: Description("How far the node is with an update of its program.")] UpdateState Update,
    [property: Description("The version that \"update\" is about, or empty.")] string UpdateVersion,
    [property: Description("Number of the plan it holds.")] long PlanHeld,
    [property: Description("Number of the newest plan made for it.")] long PlanNewest,
    [property: Description("What was refused of the node or by it, ever.")] IReadOnlyList<RefusalAnswer> Refusals,
    bool LowData,
    [property: Description("Bytes sent to the node this month: topics and payloads of commands, chunks and streams.")] long DataUsed,
    [property: Description("Bytes a month, or null when there is no limit. Beyond it sounds ahead of time come by night and in the smallest codec.")] long? DataBudget,
    [property: Description("Since when a new secret waits for the node to use it, or null.")] DateTimeOffset? RotatingSince,
    DateTimeOffset? RevokedAt)
{
    internal static NodeAnswer Of(NodeRow row) => new(
        row.Id, row.Name, row.AreaId, row.AreaName, row.Volume, row.Status.Online, row.Status.LastSeen, row.Status.OnAir,
        row.Status.Volume, row.Status.Signal, row.Status.StorageFree, row.Status.StorageSize, row.Status.Firmware,
        row.Status.Hardware, row.Status.ClockOffset.TotalMilliseconds, row.Status.Temperature, row.Status.Supply, row.Status.Line, row.Status.LineLevel,
        row.Status.Update, row.Status.UpdateVersion, row.Status.PlanNumber, row.PlanNumber,
        [.. row.Refusals.Select(refusal => new RefusalAnswer(refusal.By, refusal.Reason, refusal.Count, refusal.Last))],
        row.LowData, row.DataUsed, row.DataBudget, row.RotatingSince, row.RevokedAt);
}

internal static class NodeApi
{
    public static void MapNodes(this IEndpointRouteBuilder api)
    {
        var nodes = api.MapGroup("/nodes").WithTags("nodes");
        nodes.MapGet(string.Empty, ListAsync).WithSummary("All nodes with what they last reported.").Refuses();
        nodes.MapGet("/{id}", GetAsync).WithSummary("One node.").Refuses(404);
        nodes.MapPost(string.Empty, EnrolAsync).WithSummary("Enrols a node; its code for the device is in this answer only.").Refuses(400, 422);
        nodes.MapPost("/{id}/code", MakeCodeAsync).WithSummary("Makes a new enrolment code for a node that no device has become yet.").Refuses(404, 409);
        nodes.MapPost("/{id}/rotate", RotateAsync).WithSummary("Gives the node a new secret; the old one stays good until the node has used it.").Refuses(404);
        nodes.MapPost("/{id}/revoke", RevokeAsync).WithSummary("Takes the node out of service at once and for good.").Refuses(404, 409);
        nodes.MapPut("/{id}/volume", SetVolumeAsync).WithSummary("Sets a node's volume.").Refuses(400, 404, 422);
        nodes.MapPut("/{id}/data", SetDataAsync).WithSummary("Sets how sparing a node is with data.").Refuses(400, 404, 422);
        nodes.MapPost("/{id}/chime", ChimeAsync).WithSummary("Plays the test chime on a node that is on-line.").Refuses(404, 409);
    }

    private static async Task<IEnumerable<NodeAnswer>> ListAsync(NodeQuery fleet, CancellationToken cancel) =>
        (await fleet.ListAsync(cancel)).Select(NodeAnswer.Of);

    private static async Task<NodeAnswer> GetAsync(string id, NodeQuery fleet, CancellationToken cancel) =>
        NodeAnswer.Of(await fleet.GetAsync(id, cancel) ?? throw new RefusedException(NodeRefusal.UnknownNode, id));

    private static async Task<Created<EnrolledAnswer>> EnrolAsync(
        NodeBody body, EnrolNode enrol, MakeEnrolmentCode code, EnrolmentText text, HttpContext context, CancellationToken cancel)
    {
        var (node, _) = await enrol.HandleAsync(new EnrolNodeRequest(body.Name, body.AreaId), context.User.Actor(), cancel);
        var made = await code.HandleAsync(node.Id, context.User.Actor(), cancel);
        return TypedResults.Created(
            $"/api/v1/nodes/{node.Id}", new EnrolledAnswer(node.Id, node.Name, node.AreaId, text.WholeCode(made), made.ExpiresAt));
    }

    private static async Task<CodeAnswer> MakeCodeAsync(
        string id, MakeEnrolmentCode code, EnrolmentText text, HttpContext context, CancellationToken cancel)
    {
        var made = await code.HandleAsync(id, context.User.Actor(), cancel);
        return new CodeAnswer(text.WholeCode(made), made.ExpiresAt);
    }

    private static async Task<NoContent> RotateAsync(string id, RotateSecret rotate, HttpContext context, CancellationToken cancel)
    {
        await rotate.HandleAsync(id, context.User.Actor(), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RevokeAsync(string id, RevokeNode revoke, HttpContext context, CancellationToken cancel)
    {
        await revoke.HandleAsync(id, context.User.Actor(), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SetVolumeAsync(string id, VolumeBody body, SetVolume volume, HttpContext context, CancellationToken cancel)
    {
        await volume.HandleAsync(id, body.Percent, context.User.Actor(), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SetDataAsync(string id, DataBody body, SetDataUse data, HttpContext context, CancellationToken cancel)
    {
        await data.HandleAsync(new SetDataUseRequest(id, body.LowData, body.MegabytesAMonth), context.User.Actor(), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ChimeAsync(string id, SendChime chime, HttpContext context, CancellationToken cancel)
    {
        await chime.HandleAsync(id, context.User.Actor(), cancel);
        return TypedResults.NoContent();
    }
}
