using System.Globalization;
using System.Security.Claims;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

/// <summary>Has refused requests written down, wherever in the program they were refused.</summary>
internal static class AttemptLog
{
    /// <summary>Parts of an address that say what was asked for; further ones name things, or are an invitation.</summary>
    private const int OfPage = 1;
    private const int OfApi = 3;

    public static void UseAttemptLog(this WebApplication app) => app.Use(static async (context, next) =>
    {
        // The page of an error is drawn as another request, with GET and an address of its own.
        var asked = $"{context.Request.Method} {Place(context)}";
        await next(context);
        var person = context.User.Identity is { IsAuthenticated: true } ? context.User : null;
        if (ActionOf(context, isKnown: person is not null) is { } action)
        {
            context.RequestServices.GetRequiredService<AttemptLedger>().Count(new Attempt(
                action,
                person is null ? string.Empty : NameOf(person),
                CallerAddress.Of(context),
                // Strangers do not write into the log.
                person is null ? string.Empty : asked));
        }
    });

    /// <summary>
    /// How the audit log calls the refusal, or null when it was none. Of strangers only what no page of ours sends: refused
    /// passwords, keys and codes are counted where they are looked at.
    /// </summary>
    private static string? ActionOf(HttpContext context, bool isKnown) => context.Response.StatusCode switch
    {
        StatusCodes.Status403Forbidden when isKnown => Attempt.Right,
        StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType =>
            Attempt.Input,
        StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity or StatusCodes.Status429TooManyRequests
            when isKnown => Attempt.Input,
        _ when isKnown && FormPosts.IsRefused(context) => Attempt.Input,
        _ => null,
    };

    private static string NameOf(ClaimsPrincipal person) => person.FindFirst(ActorOf.ApiKey)?.Value is { } key
        ? string.Create(CultureInfo.InvariantCulture, $"apikey {key}")
        : "person " + person.Identity!.Name;

    private static string Place(HttpContext context) => "/" + string.Join(
        '/', (context.Request.Path.Value ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Take(ErrorHandling.IsApi(context) ? OfApi : OfPage));
}
