using System.Globalization;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

/// <summary>Has refused requests of people and keys written down, wherever in the program they were refused.</summary>
internal static class AttemptLog
{
    /// <summary>Parts of an address that say what was asked for; further ones name things, or are an invitation.</summary>
    private const int OfPage = 1;
    private const int OfApi = 3;

    public static void UseAttemptLog(this WebApplication app) => app.Use(static async (context, next) =>
    {
        await next(context);
        if (context.Response.StatusCode == StatusCodes.Status403Forbidden
            && context.User.Identity is { IsAuthenticated: true } identity)
        {
            var key = context.User.FindFirst(ActorOf.ApiKey)?.Value;
            context.RequestServices.GetRequiredService<AttemptLedger>().Count(new Attempt(
                Attempt.Right,
                key is null ? "person " + identity.Name : string.Create(CultureInfo.InvariantCulture, $"apikey {key}"),
                CallerAddress.Of(context),
                $"{context.Request.Method} {Place(context)}"));
        }
    });

    private static string Place(HttpContext context) => "/" + string.Join(
        '/', (context.Request.Path.Value ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Take(ErrorHandling.IsApi(context) ? OfApi : OfPage));
}
