using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;
using SmartRadio.Controller;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Shared;

/// <summary>Buttons that are forms of their own: each does one thing, says so, and goes back to the page it stood on.</summary>
internal static class FormPosts
{
    private static readonly object Cut = new();
    private static readonly object Refused = new();

    /// <summary>A group whose forms must carry the antiforgery token of a page of ours.</summary>
    public static RouteGroupBuilder MapFormPosts(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup(string.Empty);
        forms.WithMetadata(new RequireAntiforgeryTokenAttribute(), new ButtonMetadata()).ExcludeFromDescription();
        return forms;
    }

    /// <summary>Checks the token of every form, then refuses it before anything reads the rest.</summary>
    public static void UseFormTokens(this WebApplication app)
    {
        app.UseAntiforgery();
        app.Use(static (context, next) =>
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } invalid)
            {
                if (invalid.Error?.InnerException is IOException or InvalidDataException)
                {
                    context.Items[Cut] = true;
                }

                // Stopping is not lost with a page that is too old: it leads to a new one.
                if (context.GetEndpoint()?.Metadata.GetMetadata<PressAgain>() is { } again)
                {
                    context.Response.Redirect(again.PageOf(context));
                    return Task.CompletedTask;
                }

                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }

            return next(context);
        });
    }

    /// <summary>
    /// Reads the form; one that cannot be read is answered with 400. The request's property would hold a thread meanwhile.
    /// </summary>
    /// <returns>Null when it was answered.</returns>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception unread) when (unread is IOException or InvalidDataException)
        {
            context.Items[Cut] = true;
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }
    }

    /// <summary>Whether the form's body ended before its end, so that no token was found in it.</summary>
    public static bool IsCut(HttpContext context) =>
        context.Items.ContainsKey(Cut);

    /// <summary>Whether a button was refused, which its page then says: the status is that of a redirect.</summary>
    public static bool IsRefused(HttpContext context) => context.Items.ContainsKey(Refused);

    /// <summary>
    /// Does what the button says; the page it goes back to shows <paramref name="done"/> or why it was refused.
    /// </summary>
    public static Task<IResult> DoAsync(HttpContext context, string done, Func<Task> work) => DoAsync(context, async () =>
    {
        await work();
        return done;
    });

    /// <summary>
    /// Does what the button says, and shows the sentence that it answers or why it was refused. Who may not do it at all gets
    /// 403.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="work">Does it.</param>
    /// <param name="next">The page that shows the sentence; null = the one the button stood on.</param>
    public static async Task<IResult> DoAsync(HttpContext context, Func<Task<string>> work, Func<string?>? next = null)
    {
        var flash = context.RequestServices.GetRequiredService<FlashMessage>();
        try
        {
            flash.Set(context, new Message(true, await work()));
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Forbidden)
        {
            // No page of ours shows the button to this person.
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }
        catch (RefusedException refused)
        {
            context.Items[Refused] = true;
            flash.Set(context, new Message(false, context.RequestServices.GetRequiredService<RefusalText>().Of(refused)));
        }
        catch (Exception error) when (StorageBusy.Is(error))
        {
            flash.Set(
                context,
                new Message(false, context.RequestServices.GetRequiredService<IStringLocalizer<RefusalText>>()[Problems.Busy]));
        }

        return Results.LocalRedirect(next?.Invoke() ?? LocalPath.Referring(context.Request));
    }
}
