using Microsoft.AspNetCore.Identity;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.People;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder forms) =>
        forms.MapPost("/sign-out", async (HttpContext context, SignInManager<Person> signIn, SessionStore sessions) =>
        {
            if (await context.SessionIdAsync() is { } session)
            {
                await sessions.EndAsync(session, context.RequestAborted);
            }

            await signIn.SignOutAsync();
            return Results.LocalRedirect("/sign-in");
        }).WithMetadata(new RenewsSessionAttribute());
}
