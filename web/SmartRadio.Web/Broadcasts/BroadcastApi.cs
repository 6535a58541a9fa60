using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Web.Shared.Api;
using SmartRadio.Web.SignIn;
using SmartRadio.Protocol;

namespace SmartRadio.Web.Broadcasts;

/// <summary>What airs a bulletin once.</summary>
public sealed record AirBody(
    [property: Description("An approved bulletin.")] long BulletinId,
    [property: Description("normal, priority or emergency.")] BroadcastClass Class,
    [property: Description("Ids of areas; each stands for all nodes in it and below.")] IReadOnlyList<long>? Areas = null,
    [property: Description("Ids of single nodes.")] IReadOnlyList<string>? Nodes = null,
    [property: Description("ISO 8601 with an offset, for example 2026-12-01T05:00:00+07:00; absent = now.")] DateTimeOffset? Start = null,
    [property: Description("How late a node may still start it, in seconds; absent = the usual.")] int? ToleranceSeconds = null);

public record BroadcastAnswer(
    long Id,
    long BulletinId,
    string Title,
    BroadcastClass Class,
    BroadcastState State,
    bool OnAir,
    DateTimeOffset Start,
    double LengthSeconds,
    long? ScheduleId,
    [property: Description("Nodes that should play it.")] int Should,
    [property: Description("Nodes that played it to the end.")] int Played,
    [property: Description("Nodes that did not and will not.")] int Failed)
{
    internal static BroadcastAnswer Of(BroadcastRow row, DateTimeOffset now) => new(
        row.Id, row.BulletinId, row.Title, row.Class, row.State, row.IsOnAir(now), row.Start, row.Length.TotalSeconds,
        row.ScheduleId, row.Should, row.Played, row.Failed);
}

/// <summary>How far one node got, by the receipts it sent.</summary>
public sealed record NodeReceiptAnswer(
    string NodeId,
    string NodeName,
    long AreaId,
    string AreaName,
    TargetState State,
    [property: Description("Why it ended as it did; none when all went well.")] ReceiptReason Reason,
    [property: Description("First sample at the node's output, on the node's synchronised clock.")] DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    [property: Description("Samples really handed to the output.")] long Samples);

/// <summary>A broadcast with what every node did.</summary>
public sealed record ProofAnswer : BroadcastAnswer
{
    internal ProofAnswer(BroadcastDetail detail, DateTimeOffset now)
        : base(Of(detail.Broadcast, now))
    {
        LatestStart = detail.LatestStart;
        Areas = detail.Audience.Areas;
        Nodes = detail.Audience.Nodes;
        Receipts = [.. detail.Targets.Select(target => new NodeReceiptAnswer(
            target.NodeId, target.NodeName, target.AreaId, target.AreaName, target.State, target.Reason,
            target.StartedAt, target.EndedAt, target.Samples))];
    }

    [Description("After this a node no longer starts it.")]
    public DateTimeOffset LatestStart { get; }

    [Description("Areas of the audience, as asked for.")]
    public IReadOnlyList<long> Areas { get; }

    [Description("Single nodes of the audience, as asked for.")]
    public IReadOnlyList<string> Nodes { get; }

    [Description("One for each node that should play it.")]
    public IReadOnlyList<NodeReceiptAnswer> Receipts { get; }
}

public sealed record StoppedAnswer([property: Description("Broadcasts that were stopped.")] int Stopped);

internal static class BroadcastApi
{
    private const int Listed = 500;

    public static void MapBroadcasts(this IEndpointRouteBuilder api)
    {
        var broadcasts = api.MapGroup("/broadcasts").WithTags("broadcasts");
        broadcasts.MapGet(string.Empty, ListAsync).WithSummary("The newest broadcasts by start.").Refuses();
        broadcasts.MapPost(string.Empty, AirAsync).WithSummary("Airs a bulletin now or at an instant.").Refuses(400, 409, 422);
        broadcasts.MapGet("/{id:long}", GetAsync).WithSummary("A broadcast with each node's receipt.").Refuses(404);
        broadcasts.MapPost("/{id:long}/stop", StopAsync).WithSummary("Stops or cancels a broadcast on every node.").Refuses(404, 409);
        api.MapPost("/stop-all", StopAllAsync).WithTags("broadcasts").WithSummary("Silence everywhere, at once.").Refuses();
    }

    private static async Task<IEnumerable<BroadcastAnswer>> ListAsync(BroadcastQuery view, LocalTime time, CancellationToken cancel) =>
        (await view.ListAsync(Listed, cancel)).Select(row => BroadcastAnswer.Of(row, time.Now));

    private static async Task<Created<ProofAnswer>> AirAsync(
        AirBody body, AirBulletin air, BroadcastQuery view, LocalTime time, HttpContext context, CancellationToken cancel)
    {
        var tolerance = body.ToleranceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var audience = new Audience(body.Areas ?? [], body.Nodes ?? []);
        var request = new AirRequest(body.BulletinId, body.Class, audience, body.Start, tolerance);
        var made = await air.HandleAsync(request, context.User.Actor(), cancel);
        return TypedResults.Created($"/api/v1/broadcasts/{made.Id}", await FindAsync(made.Id, view, time, CancellationToken.None));
    }

    private static Task<ProofAnswer> GetAsync(long id, BroadcastQuery view, LocalTime time, CancellationToken cancel) =>
        FindAsync(id, view, time, cancel);

    // Stopping is not given up when the caller goes away.
    private static async Task<NoContent> StopAsync(long id, StopBroadcast stop, HttpContext context)
    {
        await stop.HandleAsync(id, context.User.Actor(), CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<StoppedAnswer> StopAllAsync(StopEverything stop, HttpContext context) =>
        new(await stop.HandleAsync(area: null, context.User.Actor(), CancellationToken.None));

    private static async Task<ProofAnswer> FindAsync(long id, BroadcastQuery view, LocalTime time, CancellationToken cancel) =>
        new(await view.GetAsync(id, cancel) ?? throw new RefusedException(BroadcastRefusal.UnknownBroadcast, id), time.Now);
}
