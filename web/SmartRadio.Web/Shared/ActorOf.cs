using System.Globalization;
using System.Security.Claims;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Shared;

/// <summary>Who acts in a request, whichever way they came in.</summary>
internal static class ActorOf
{
    public const string DisplayName = "display-name";

    public const string ApiKey = "api-key";

    private const string RequestKey = "request-key";

    public static Actor Actor(this ClaimsPrincipal principal) => new(
        principal.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? throw new InvalidOperationException("The request is not signed in."),
        principal.FindFirstValue(DisplayName) ?? principal.Identity?.Name ?? string.Empty)
    {
        KeyId = long.TryParse(principal.FindFirstValue(ApiKey), NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? key
            : null,
        RequestKey = principal.FindFirstValue(RequestKey),
    };

    /// <summary>From here on the request acts under the key, see <see cref="Controller.Changes.Actor.RequestKey"/>.</summary>
    public static Actor SetRequestKey(this HttpContext context, string key)
    {
        // The principal itself may go into a renewed cookie and stays as it is.
        context.User = new ClaimsPrincipal([.. context.User.Identities, new ClaimsIdentity([new Claim(RequestKey, key)])]);
        return context.User.Actor();
    }
}
