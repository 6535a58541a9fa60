using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Shared;

/// <summary>Who acts in a request, whichever way they came in.</summary>
internal static class ActorOf
{
    public const string DisplayName = "display-name";

    public const string ApiKey = "api-key";

    private const string RequestKey = "request-key";

    private const string Address = "address";

    public static Actor Actor(this ClaimsPrincipal principal) => new(
        principal.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? throw new InvalidOperationException("The request is not signed in."),
        principal.FindFirstValue(DisplayName) ?? principal.Identity?.Name ?? string.Empty)
    {
        KeyId = long.TryParse(principal.FindFirstValue(ApiKey), NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? key
            : null,
        RequestKey = principal.FindFirstValue(RequestKey),
        Address = principal.FindFirstValue(Address),
    };

    /// <summary>Has whatever is done in a request bear the caller's address in the audit log.</summary>
    public static void UseCallerAddress(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.User.Identity?.IsAuthenticated == true)
        {
            Add(context, new Claim(Address, CallerAddress.Of(context)));
        }

        return next(context);
    });

    /// <summary>From here on the request acts under the key, see <see cref="Controller.Changes.Actor.RequestKey"/>.</summary>
    public static Actor SetRequestKey(this HttpContext context, string key)
    {
        Add(context, new Claim(RequestKey, key));
        return context.User.Actor();
    }

    // The principal itself may go into a renewed cookie and stays as it is.
    private static void Add(HttpContext context, Claim claim)
    {
        var user = new ClaimsPrincipal([.. context.User.Identities, new ClaimsIdentity([claim])]);
        // To set the user alone would forget what else came with the cookie, such as the session.
        if (context.Features.Get<IAuthenticateResultFeature>() is { AuthenticateResult.Ticket: { } ticket } came)
        {
            came.AuthenticateResult = AuthenticateResult.Success(
                new AuthenticationTicket(user, ticket.Properties, ticket.AuthenticationScheme));
        }
        else
        {
            context.User = user;
        }
    }
}
