using System.Globalization;
using System.Security.Claims;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Shared;

/// <summary>Who acts in a request, whichever way they came in.</summary>
internal static class ActorOf
{
    public const string DisplayName = "display-name";

    public const string ApiKey = "api-key";

    public static Actor Actor(this ClaimsPrincipal principal) => new(
        principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("The request is not signed in."),
        principal.FindFirstValue(DisplayName) ?? principal.Identity?.Name ?? string.Empty)
    {
        KeyId = long.TryParse(principal.FindFirstValue(ApiKey), NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null,
    };
}
