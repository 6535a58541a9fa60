using Microsoft.AspNetCore.Antiforgery;
using SmartRadio.Controller;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Shared;

/// <summary>Buttons that are forms of their own: each does one thing, says so, and goes back to the page it stood on.</summary>
internal static class FormPosts
{
    /// <summary>A group whose forms must carry the antiforgery token of a page of ours.</summary>
    public static RouteGroupBuilder MapFormPosts(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup(string.Empty);
        forms.WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        return forms;
    }

    /// <summary>Checks the token of every form, then refuses it before anything reads the rest.</summary>
    public static void UseFormTokens(this WebApplication app)
    {
        app.UseAntiforgery();
        app.Use(static (context, next) =>
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }

            return next(context);
        });
    }

    /// <summary>Does what the button says; the page it goes back to shows <paramref name="done"/> or why it was refused.</summary>
    public static async Task<IResult> DoAsync(HttpContext context, string done, Func<Task> work)
    {
        var flash = context.RequestServices.GetRequiredService<FlashMessage>();
        try
        {
            await work();
            flash.Set(context, new Message(true, done));
        }
        catch (RefusedException refused)
        {
            flash.Set(context, new Message(false, context.RequestServices.GetRequiredService<RefusalText>().Of(refused)));
        }

        return Results.LocalRedirect(LocalPath.Referring(context.Request));
    }
}
