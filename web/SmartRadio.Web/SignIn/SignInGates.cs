using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Repeats;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// What a person who signed in has to do before anything else: choose a password of their own, then set up a second factor where
/// everybody has one. Stopping is not kept waiting.
/// </summary>
internal static class SignInGates
{
    // By "/live/session" a page asks whether the session has ended: a redirect would say that it has.
    private static readonly string[] Open =
        ["/sign-out", "/sign-in", "/language", "/stop", "/error", "/invite", "/live/session"];

    public static void UseSignInGates(this WebApplication app) => app.Use(static (context, next) =>
    {
        var page = PrintedPasswordGate.IsShut(context) ? PrintedPasswordGate.Page
            : SecondFactorGate.IsShut(context) ? SecondFactorGate.Page
            : null;
        if (page is null || IsAt(context, page) || Array.Exists(Open, path => IsAt(context, path))
            || AlwaysCarriedOut.Is(context) || StaticAsset.IsAsked(context))
        {
            return next(context);
        }

        context.Response.Redirect(page);
        return Task.CompletedTask;
    });

    private static bool IsAt(HttpContext context, string path) =>
        context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);
}
