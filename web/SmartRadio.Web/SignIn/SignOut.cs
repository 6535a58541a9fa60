using Microsoft.AspNetCore.Identity;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.People;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

internal static class SignOut
{
    /// <summary>
    /// Whoever signs out leaves nothing behind in the browser, neither pages nor typed text. A session that ended by itself
    /// leaves the text, which goes on after the next sign-in.
    /// </summary>
    private const string ClearHeader = "Clear-Site-Data";

    private const string Cleared = "\"cache\", \"storage\"";

    public static void MapSignOut(this IEndpointRouteBuilder forms) =>
        forms.MapPost("/sign-out", async (HttpContext context, SignInManager<Person> signIn, SessionStore sessions) =>
        {
            var session = await context.SessionIdAsync();
            // The browser first: it forgets the session also where its end cannot be noted.
            await signIn.SignOutAsync();
            if (session is not null)
            {
                await sessions.SignOutAsync(session, context.User.Actor(), context.RequestAborted);
            }

            context.Response.Headers[ClearHeader] = Cleared;
            return Results.LocalRedirect("/sign-in");
        }).WithMetadata(new RenewsSessionAttribute());
}
