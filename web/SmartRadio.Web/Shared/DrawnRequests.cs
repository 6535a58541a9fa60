using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Localization;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Shared.Repeats;
using SmartRadio.Web.Streaming;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Shared;

/// <summary>
/// Lets pages and lists wait for a turn. A page is drawn in answer to its own form too. It stands last on a request's way: by
/// then it is known who asks, and what was sent has arrived.
/// </summary>
internal static class DrawnRequests
{
    public static async Task DrawAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsDrawn(context))
        {
            await next(context);
            return;
        }

        var turns = context.RequestServices.GetRequiredService<DrawingTurns>();
        if (context.User.Identity?.IsAuthenticated != true)
        {
            if (!await turns.TryStrangerAsync(CallerAddress.Of(context), () => next(context), context.RequestAborted))
            {
                await RefuseAsync(context);
            }

            return;
        }

        using var turn = await (await IsUrgentAsync(context)
            ? turns.TakeUrgentAsync(context.RequestAborted)
            : turns.TakeAsync(context.RequestAborted));
        await next(context);
    }

    private static bool IsDrawn(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            ? !AlwaysCarriedOut.Is(context)
            : HttpMethods.IsGet(context.Request.Method) && ErrorHandling.IsApi(context);

    // An emergency that is aired on a page does not stand behind those who only look.
    private static async ValueTask<bool> IsUrgentAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method)
        && (await context.RequestServices.GetRequiredService<MyGrants>().GetAsync(context.RequestAborted))
            .MayAnywhere(Right.Alert);

    // Drawing a page for each that is refused would be what the line's end is to prevent.
    private static Task RefuseAsync(HttpContext context)
    {
        var sentences = context.RequestServices.GetRequiredService<IStringLocalizer<RefusalText>>();
        Problems.SetRetry(context.Response);
        return TypedResults.Text(
            sentences["TooManyRequests"], "text/plain; charset=utf-8", statusCode: StatusCodes.Status429TooManyRequests)
            .ExecuteAsync(context);
    }
}
