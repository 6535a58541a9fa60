using Microsoft.Extensions.Primitives;
using SmartRadio.Web.SignIn;

namespace SmartRadio.Web.Hosting;

/// <summary>
/// Over TLS the program's cookies are sent over TLS only (Secure), and those that let somebody in are named __Host-…: a browser
/// takes such a one from this very host over TLS only, so that nobody else can set it (RFC 6265bis, 4.1.3).
/// Inside the program they have one name, however the request came.
/// </summary>
internal static class HostCookies
{
    private const string Prefix = "__Host-";
    private const string Secure = "; secure";

    /// <summary>With the parts into which a long one is cut. keep.js reads its own by name; a language opens nothing.</summary>
    private static readonly string[] Guarded = [CookieNames.Session, CookieNames.FirstStep, CookieNames.Form, CookieNames.Flash,
        CookieNames.Device];

    public static void UseHostCookies(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.Request.IsHttps)
        {
            context.Request.Headers.Cookie = Inside(context.Request.Headers.Cookie);
            context.Response.OnStarting(static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                headers.SetCookie = new StringValues([.. headers.SetCookie.OfType<string>().Select(Outside)]);
                return Task.CompletedTask;
            }, context);
        }

        return next(context);
    });

    /// <summary>What a browser sent, under the inner names; what comes under an inner name was set by somebody else.</summary>
    internal static string? Inside(StringValues header)
    {
        var cookies = header.OfType<string>().SelectMany(line => line.Split(';', StringSplitOptions.TrimEntries))
            .Where(cookie => !IsGuarded(cookie))
            .Select(cookie => cookie.StartsWith(Prefix, StringComparison.Ordinal) && IsGuarded(cookie[Prefix.Length..])
                ? cookie[Prefix.Length..]
                : cookie);
        return string.Join("; ", cookies) is { Length: > 0 } all ? all : null;
    }

    private static string Outside(string cookie)
    {
        var named = IsGuarded(cookie) ? Prefix + cookie : cookie;
        return named.Contains(Secure, StringComparison.OrdinalIgnoreCase) ? named : named + Secure;
    }

    private static bool IsGuarded(string cookie)
    {
        var name = cookie.Split('=', 2)[0];
        return Array.Exists(
            Guarded, guarded => name == guarded || (name.StartsWith(guarded + "C", StringComparison.Ordinal)
                && name[(guarded.Length + 1)..].All(char.IsAsciiDigit)));
    }
}
