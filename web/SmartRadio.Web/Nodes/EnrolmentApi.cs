using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Web.Shared;
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
        api.MapPost("/enrolments", TradeAsync).WithTags("nodes").AllowAnonymous().WithMetadata(new SecretAnswer())
            .Operation("redeemEnrolmentCode", "Trades an enrolment code for a node's identity, once; needs no key, but TLS.")
            .Refuses(400, 403, 409, 422, 429);

    private static async Task<Results<Ok<EnrolmentAnswer>, StatusCodeHttpResult>> TradeAsync(
        EnrolmentBody body, RedeemEnrolmentCode trade, EnrolmentLimits limits, AttemptLedger attempts, BrokerAddress door,
        TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.IsHttps && !LocalCaller.Is(context))
        {
            throw new RefusedException(EnrolmentRefusal.EnrolmentNeedsTls);
        }

        if (!await trade.IsOpenAsync(body.Code, cancellationToken))
        {
            // Only codes that open nothing are counted: no guesser stops an honest device, not even one behind the same address.
            attempts.Count(new Attempt(Attempt.EnrolmentCode, string.Empty, CallerAddress.Of(context)));
            using var permit = limits.Take(CallerAddress.Of(context));
            if (!permit.IsAcquired)
            {
                return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
            }
        }

        var (node, secret) = await trade.HandleAsync(body.Code, CallerAddress.Of(context), cancellationToken);
        var (host, port, isTls) = door.For(context.Request.Host.Host);
        return TypedResults.Ok(new EnrolmentAnswer(
            node.Id, node.Name, Convert.ToHexStringLower(secret), new BrokerAnswer(host, port, isTls), time.GetUtcNow()));
    }
}
