using Microsoft.AspNetCore.Identity;
using SmartRadio.Controller.People;

namespace SmartRadio.Web.SignIn;

internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder forms) =>
        forms.MapPost("/sign-out", async (SignInManager<Person> signIn) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect("/sign-in");
        });
}
