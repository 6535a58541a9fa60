using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using SmartRadio.Controller;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Web.Errors;

/// <summary>
/// What a caller sees when a request fails: a problem document below /api, a page elsewhere. Never a stack trace.
/// </summary>
internal static class ErrorHandling
{
    public static void UseFaults(this WebApplication app)
    {
        app.UseWhen(IsApi, api =>
        {
            api.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = static context =>
                    Problems.WriteAsync(context, context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error),
                SuppressDiagnosticsCallback = static context => IsSaid(context.Exception),
            });
            api.UseStatusCodePages(static pages => Problems.WriteAsync(pages.HttpContext, pages.HttpContext.Response.StatusCode));
        });
        app.UseWhen(static context => !IsApi(context), pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error/500",
                CreateScopeForErrors = true,
                SuppressDiagnosticsCallback = static context => IsSaid(context.Exception),
            });
            pages.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
            pages.Use(AskForErrorPage);
            pages.Use(ExplainStaleForm);
        });
    }

    /// <summary>Routing takes /API for the same address, so its rules hold there too.</summary>
    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>The caller is told all about it: nothing went wrong here.</summary>
    private static bool IsSaid(Exception error) =>
        error is RefusedException or BadHttpRequestException or ProblemException or AlreadyAppliedException
            || StorageBusy.Is(error);

    /// <summary>
    /// A form that its page shows no more, because somebody was faster, the framework answers with a text without a letter: the
    /// page that explains takes its place.
    /// </summary>
    private static async Task ExplainStaleForm(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentLength: null } answer
            && HttpMethods.IsPost(context.Request.Method)
            && answer.ContentType?.StartsWith("text/plain", StringComparison.Ordinal) == true)
        {
            answer.ContentType = null;
        }
    }

    /// <summary>
    /// The page that explains is asked for anew: what was sent before, and was perhaps what was wrong, is not looked at again.
    /// </summary>
    private static Task AskForErrorPage(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
            context.Request.ContentLength = null;
            context.Features.Set<IAntiforgeryValidationFeature>(null);
        }

        return next(context);
    }
}
