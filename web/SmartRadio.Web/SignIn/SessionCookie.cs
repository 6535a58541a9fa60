using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using SmartRadio.Controller.Access.Sessions;

namespace SmartRadio.Web.SignIn;

/// <summary>The session's id travels in the cookie, beside who is signed in.</summary>
internal static class SessionCookie
{
    private const string Item = "session";

    /// <summary>Begins a session with every new cookie.</summary>
    public static async Task BeginAsync(CookieSigningInContext context)
    {
        if (context.Properties.Items.ContainsKey(Item))
        {
            return;
        }

        var http = context.HttpContext;
        var id = await http.RequestServices.GetRequiredService<SessionStore>().StartAsync(
            context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier)!,
            http.Request.Headers.UserAgent.ToString(),
            http.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
            http.RequestAborted);
        if (id is not null)
        {
            context.Properties.Items[Item] = id;
        }
    }

    /// <summary>The session of a cookie; null when it could not be noted at sign-in.</summary>
    public static string? SessionId(this AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Item, out var id) ? id : null;

    /// <summary>The session in which the request came, or null.</summary>
    public static async Task<string?> SessionIdAsync(this HttpContext context) =>
        (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties?.SessionId();
}
