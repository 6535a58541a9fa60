using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Controller;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Protocol;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;
using SmartRadio.Web.Shared.Repeats;

namespace SmartRadio.Web.Broadcasts;

/// <summary>What airs a bulletin once.</summary>
public sealed record AirBody(
    [property: Description("An approved bulletin.")] long BulletinId,
    [property: Description("normal, priority or emergency.")] BroadcastClass Class,
    [property: Description("Ids of areas; each stands for all nodes in it and below.")] IReadOnlyList<long>? Areas = null,
    [property: Description("Ids of single nodes.")] IReadOnlyList<string>? Nodes = null,
    [property: Description(
        "ISO 8601 with an offset, for example 2026-12-01T05:00:00+07:00; absent = now.")] DateTimeOffset? Start = null,
    [property: Description("How late a node may still start it, in seconds; absent = the usual.")] int? ToleranceSeconds = null,
    [property: Description("Ids of groups of nodes.")] IReadOnlyList<long>? Groups = null);

public record BroadcastAnswer
{
    internal BroadcastAnswer(BroadcastRow row)
    {
        (Id, BulletinId, Title, ScheduleId) = (row.Id, row.Bulletin.Id, row.Bulletin.Title, row.ScheduleId);
        (Class, State, Progress, Start, LengthSeconds) = (row.Class, row.State, row.Progress, row.Start, row.Length.TotalSeconds);
        (Should, Sounding, Played, Failed, Partial) =
            (row.Nodes.Should, row.Nodes.Sounding, row.Nodes.Played, row.Nodes.Failed, row.Nodes.IsPart);
        IsExercise = row.IsExercise;
    }

    public long Id { get; }

    public long BulletinId { get; }

    public string Title { get; }

    public BroadcastClass Class { get; }

    public BroadcastState State { get; }

    [Description("What became of it so far, as the nodes in the caller's areas reported.")]
    public BroadcastProgress Progress { get; }

    [Description("True while it sounds on at least one node in the caller's areas.")]
    public bool OnAir => Progress == BroadcastProgress.Sounding;

    public DateTimeOffset Start { get; }

    public double LengthSeconds { get; }

    public long? ScheduleId { get; }

    [Description("True = no node hears it, whatever is told of it.")]
    public bool IsExercise { get; }

    [Description("Nodes in the caller's areas that should play it.")]
    public int Should { get; }

    [Description("Nodes in the caller's areas on which it sounds now.")]
    public int Sounding { get; }

    [Description("Nodes in the caller's areas that played it to the end.")]
    public int Played { get; }

    [Description("Nodes in the caller's areas that did not and will not, though nobody cancelled it there.")]
    public int Failed { get; }

    [Description("True when it is to be heard outside the caller's areas too. The nodes there are not counted and not listed.")]
    public bool Partial { get; }
}

/// <summary>How far one node got, by the receipts it sent.</summary>
public sealed record NodeReceiptAnswer
{
    internal NodeReceiptAnswer(TargetRow row)
    {
        (NodeId, NodeName, AreaId, AreaName) = (row.Place.NodeId, row.Place.NodeName, row.Place.AreaId, row.Place.AreaName);
        (State, Reason, StartedAt, EndedAt, Samples) = (row.State, row.Reason, row.StartedAt, row.EndedAt, row.Samples);
    }

    public string NodeId { get; }

    public string NodeName { get; }

    public long AreaId { get; }

    public string AreaName { get; }

    public TargetState State { get; }

    [Description("Why it ended as it did; none when all went well.")]
    public ReceiptReason Reason { get; }

    [Description("First sample at the node's output, on the node's synchronised clock.")]
    public DateTimeOffset? StartedAt { get; }

    public DateTimeOffset? EndedAt { get; }

    [Description("Samples really handed to the output.")]
    public long Samples { get; }
}

/// <summary>A broadcast as it was asked for.</summary>
public record AiredAnswer : BroadcastAnswer
{
    internal AiredAnswer(BroadcastDetail detail)
        : base(detail.Broadcast) =>
        (LatestStart, Areas, Nodes, Groups) =
            (detail.LatestStart, detail.Audience.Areas, detail.Audience.Nodes, detail.Audience.Groups);

    [Description("After this a node no longer starts it.")]
    public DateTimeOffset LatestStart { get; }

    [Description("Areas of the audience, as asked for, among the caller's.")]
    public IReadOnlyList<long> Areas { get; }

    [Description("Single nodes of the audience, as asked for, in the caller's areas.")]
    public IReadOnlyList<string> Nodes { get; }

    [Description("Groups of the audience, as asked for, of the caller's areas.")]
    public IReadOnlyList<long> Groups { get; }
}

/// <summary>A broadcast with what nodes did.</summary>
public sealed record ProofAnswer : AiredAnswer
{
    internal ProofAnswer(BroadcastDetail detail, IReadOnlyList<TargetRow> targets)
        : base(detail)
    {
        Receipts = [.. targets.Take(ListPage.Most).Select(target => new NodeReceiptAnswer(target))];
        ReceiptsNext = targets.Count > Receipts.Count ? $"/api/v1/broadcasts/{Id}/receipts?after={Receipts[^1].NodeId}" : null;
    }

    [Description("One for each node in the caller's areas that should play it, the first 1000.")]
    public IReadOnlyList<NodeReceiptAnswer> Receipts { get; }

    [Description("Address of those after the first 1000, or null.")]
    public string? ReceiptsNext { get; }
}

/// <summary>Which broadcasts a list holds.</summary>
public sealed class BroadcastListQuery
{
    [FromQuery(Name = "state")]
    public BroadcastState? State { get; init; }

    [FromQuery(Name = "from")]
    [Description("Starts at this instant or later: ISO 8601 with an offset, \"+\" written as %2B.")]
    public DateTimeOffset? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("Starts before this instant: ISO 8601 with an offset, \"+\" written as %2B.")]
    public DateTimeOffset? To { get; init; }

    [FromQuery(Name = "area")]
    [Description("Concerns a node in this area or below it.")]
    public long? Area { get; init; }
}

/// <summary>Which receipts a list holds.</summary>
public sealed class ReceiptListQuery
{
    [FromQuery(Name = "state")]
    public TargetState? State { get; init; }

    [FromQuery(Name = "area")]
    [Description("Of nodes in this area or below it.")]
    public long? Area { get; init; }
}

/// <summary>Where everything is to fall silent.</summary>
public sealed record StopBody(
    [property: Description("Only in this area and below it; absent = in all areas of the caller.")] long? AreaId = null);

public sealed record StoppedAnswer(
    [property: Description("Broadcasts that were stopped; null while that is not recorded.")] int? Stopped,
    [property: Description("False, with status 202: the nodes are silenced, and the books will be written later.")] bool Recorded);

internal static class BroadcastApi
{
    public static void MapBroadcasts(this IEndpointRouteBuilder api)
    {
        var broadcasts = api.MapGroup("/broadcasts").WithTags("broadcasts");
        broadcasts.MapGet(string.Empty, ListAsync).Needs(Right.See)
            .Operation("listBroadcasts", "The newest broadcasts by start.").Refuses();
        broadcasts.MapPost(string.Empty, AirAsync).Needs(Right.Approve, Right.Alert)
            .Operation("airBulletin", "Airs a bulletin now or at an instant.").Refuses(400, 409, 422);
        broadcasts.MapGet("/{id:long}", GetAsync).Needs(Right.See)
            .Operation("getBroadcast", "A broadcast with each node's receipt.").Refuses(404);
        broadcasts.MapGet("/{id:long}/receipts", ReceiptsAsync)
            .Needs(Right.See).Operation("listReceipts", "How far each node got, by the names of area and node.").Refuses(404);
        broadcasts.MapPost("/{id:long}/stop", StopAsync).Needs(Right.Stop)
            .Operation("stopBroadcast", "Stops or cancels a broadcast on every node.")
            .WithMetadata(new AlwaysCarriedOut()).Refuses(404, 409);
        api.MapPost("/stop-all", StopAllAsync).WithTags("broadcasts").Needs(Right.Stop)
            .Operation("stopEverything", "Silence in all areas of the caller, or in one, at once.")
            .WithMetadata(new AlwaysCarriedOut()).Refuses(403, 422);
    }

    private static async Task<IReadOnlyList<BroadcastAnswer>> ListAsync(
        [AsParameters] ListPage page, [AsParameters] BroadcastListQuery asked, BroadcastQuery view, AreaQuery trees,
        MyGrants mine, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var seen = await mine.SeenAsync(cancellationToken);
        var within = seen.Within(await trees.WithinAsync(asked.Area, cancellationToken));
        var filter = new BroadcastFilter(asked.State, asked.From, asked.To, within, Cursor(page.After));
        var rows = await view.ListAsync(seen, filter, page.Take, cancellationToken);
        return page.Answer(
            context, rows, row => $"{row.Start.ToUnixTimeMilliseconds()}-{row.Id}", row => new BroadcastAnswer(row));
    }

    private static async Task<IReadOnlyList<NodeReceiptAnswer>> ReceiptsAsync(
        long id, [AsParameters] ListPage page, [AsParameters] ReceiptListQuery asked, BroadcastQuery view, AreaQuery trees,
        MyGrants mine, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var seen = await mine.SeenAsync(cancellationToken);
        await FindAsync(id, view, seen, cancellationToken);
        var filter = new ReceiptFilter(
            asked.State, seen.Within(await trees.WithinAsync(asked.Area, cancellationToken)), page.After);
        var (rows, total) = await view.ReceiptsAsync(id, filter, page.Take, cancellationToken)
            ?? throw new RefusedException(BroadcastRefusal.UnknownBroadcast, id);
        return page.Answer(context, rows, row => row.Place.NodeId, row => new NodeReceiptAnswer(row), total);
    }

    private static (DateTimeOffset Start, long Id)? Cursor(string? after) => after?.Split('-') switch
    {
        null => null,
        [var start, var id] when FormValues.Id(start) is { } at and < 253_402_300_800_000 && FormValues.Id(id) is { } number =>
            (DateTimeOffset.FromUnixTimeMilliseconds(at), number),
        _ => throw ListPage.NotACursor(),
    };

    private static async Task<Created<AiredAnswer>> AirAsync(
        AirBody body, AirBulletin air, BroadcastQuery view, MyGrants mine, HttpContext context,
        CancellationToken cancellationToken)
    {
        var tolerance = body.ToleranceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var audience = new Audience(body.Areas ?? [], body.Nodes ?? []) { Groups = body.Groups ?? [] };
        var request = new AirRequest(body.BulletinId, body.Class, audience, body.Start, tolerance);
        var made = await air.HandleAsync(request, context.User.Actor(), cancellationToken);
        var answer = new AiredAnswer(
            await FindAsync(made.Id, view, await mine.SeenAsync(CancellationToken.None), CancellationToken.None));
        return TypedResults.Created($"/api/v1/broadcasts/{made.Id}", answer);
    }

    private static async Task<ProofAnswer> GetAsync(
        long id, BroadcastQuery view, MyGrants mine, CancellationToken cancellationToken)
    {
        var seen = await mine.SeenAsync(cancellationToken);
        var detail = await FindAsync(id, view, seen, cancellationToken);
        var receipts = await view.ReceiptsAsync(
            id, new ReceiptFilter(Areas: seen.Areas?.ToList()), ListPage.Most + 1, cancellationToken);
        return new ProofAnswer(detail, receipts!.Value.Rows);
    }

    // Stopping is not given up when the caller goes away.
    private static async Task<Results<NoContent, Accepted<StoppedAnswer>>> StopAsync(
        long id, StopBroadcast stop, HttpContext context) =>
        await stop.HandleAsync(id, context.User.Actor(), CancellationToken.None) ? TypedResults.NoContent() : Unrecorded();

    private static async Task<Results<Ok<StoppedAnswer>, Accepted<StoppedAnswer>>> StopAllAsync(
        StopBody? body, StopEverything stop, HttpContext context) =>
        await stop.HandleAsync(body?.AreaId, context.User.Actor(), CancellationToken.None) is { } stopped
            ? TypedResults.Ok(new StoppedAnswer(stopped, Recorded: true))
            : Unrecorded();

    private static Accepted<StoppedAnswer> Unrecorded() =>
        TypedResults.Accepted((string?)null, new StoppedAnswer(null, Recorded: false));

    private static async Task<BroadcastDetail> FindAsync(
        long id, BroadcastQuery view, AreaScope seen, CancellationToken cancellationToken) =>
        await view.FindAsync(id, seen, cancellationToken) ?? throw new RefusedException(BroadcastRefusal.UnknownBroadcast, id);
}
