using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Repeats;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// Whoever signed in with a password that the console printed chooses another before anything else. Stopping is not kept waiting.
/// </summary>
internal static class PrintedPasswordGate
{
    /// <summary>Where the password is changed.</summary>
    public const string Page = "/password";

    private static readonly string[] Open = [Page, "/sign-out", "/sign-in", "/language", "/stop", "/live", "/error", "/invite"];

    /// <summary>Whether the person is to choose another password first.</summary>
    public static bool IsShut(HttpContext context) => context.User.HasClaim(claim => claim.Type == PrintedPassword.Claim);

    public static void UsePrintedPassword(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (!IsShut(context) || AlwaysCarriedOut.Is(context)
            || Array.Exists(Open, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            || StaticAsset.IsAsked(context))
        {
            return next(context);
        }

        context.Response.Redirect(Page);
        return Task.CompletedTask;
    });
}
