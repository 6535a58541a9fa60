using System.ComponentModel;
using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Nodes;

public sealed record EnrolmentBody(
    [property: Description(
        "The twelve letters and digits of the page; hyphens, spaces and lower case do not matter.")] string Code);

public sealed record BrokerAnswer(
    string Host,
    int Port,
    [property: Description("Whether the broker speaks TLS there. No port number tells: a node follows this alone.")] bool Tls);

public sealed record EnrolmentAnswer(
    string NodeId,
    string Name,
    [property: Description("32 bytes in hexadecimal, given out this once.")] string Secret,
    [property: Description("Where the node connects by MQTT.")] BrokerAnswer Broker,
    [property: Description("What the controller's clock shows.")] DateTimeOffset Time);

/// <summary>Where devices come in that have nothing yet but a code.</summary>
internal static class EnrolmentApi
{
    public static void MapEnrolments(this IEndpointRouteBuilder api) =>
        api.MapPost("/enrolments", TradeAsync).WithTags("nodes").AllowAnonymous()
            .Operation("redeemEnrolmentCode", "Trades an enrolment code for a node's identity, once; needs no key, but TLS.")
            .Refuses(400, 403, 409, 422, 429);

    private static async Task<Results<Ok<EnrolmentAnswer>, StatusCodeHttpResult>> TradeAsync(
        EnrolmentBody body, RedeemEnrolmentCode trade, EnrolmentLimits limits, BrokerAddress door, TimeProvider time,
        HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.IsHttps && !IsThisMachine(context.Connection.RemoteIpAddress))
        {
            throw new RefusedException(EnrolmentRefusal.EnrolmentNeedsTls);
        }

        using var permit = limits.Take(context.Connection.RemoteIpAddress);
        if (!permit.IsAcquired)
        {
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var (node, secret) = await trade.HandleAsync(body.Code, cancellationToken);
        var (host, port, isTls) = door.For(context.Request.Host.Host);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new EnrolmentAnswer(
            node.Id, node.Name, Convert.ToHexStringLower(secret), new BrokerAnswer(host, port, isTls), time.GetUtcNow()));
    }

    private static bool IsThisMachine(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);
}
