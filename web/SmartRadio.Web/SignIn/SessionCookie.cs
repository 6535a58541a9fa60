using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

/// <summary>The session's id travels in the cookie, beside who is signed in.</summary>
internal static class SessionCookie
{
    private const string Item = "session";

    /// <summary>Begins a session with every new cookie, and ends the one whose cookie it replaces.</summary>
    public static async Task BeginAsync(CookieSigningInContext context)
    {
        if (context.Properties.Items.ContainsKey(Item))
        {
            return;
        }

        await EndBeforeAsync(context.HttpContext);
        RecentProof.Note(context.Properties, context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        await NoteAsync(context.HttpContext, context.Principal!, context.Properties);
    }

    /// <summary>Has the session listed. Where the database takes no note now, the next page tries again.</summary>
    public static async Task NoteAsync(
        HttpContext http, System.Security.Claims.ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var id = await http.RequestServices.GetRequiredService<SessionStore>().StartAsync(
            principal.Actor(),
            http.Request.Headers.UserAgent.ToString(),
            http.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
            http.RequestAborted);
        if (id is not null)
        {
            properties.Items[Item] = id;
            http.Items[Item] = id;
        }
    }

    /// <summary>The session of a cookie; null when it could not be noted at sign-in.</summary>
    public static string? SessionId(this AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Item, out var id) ? id : null;

    /// <summary>The session in which the request came, or the one that began with it; null when it is not listed.</summary>
    public static async Task<string?> SessionIdAsync(this HttpContext context) => context.Items[Item] as string
        ?? (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties?.SessionId();

    private static async Task EndBeforeAsync(HttpContext http)
    {
        var before = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (before.Principal is { } person && before.Properties?.SessionId() is { } session)
        {
            await http.RequestServices.GetRequiredService<SessionStore>().SignOutAsync(
                session, person.Actor(), http.RequestAborted);
        }
    }
}
