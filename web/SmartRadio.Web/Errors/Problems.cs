using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Errors;

/// <summary>Says in the caller's language why a call was not carried out (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>Another program holds the database.</summary>
    public const string Busy = "Busy";

    /// <summary>The request is too large; names the megabytes that a sound file may have.</summary>
    public const string TooLarge = "TooLarge";

    private const int RetrySeconds = 10;

    /// <summary>Writes a problem whose sentence is the resource <paramref name="code"/>.</summary>
    public static Task WriteAsync(HttpContext context, int status, string code, params object[] values)
    {
        var sentences = context.RequestServices.GetRequiredService<IStringLocalizer<RefusalText>>();
        return WriteSentenceAsync(context, status, code, sentences[code, values]);
    }

    public static Task WriteAsync(HttpContext context, Exception exception) => exception switch
    {
        RefusedException refused => WriteRefusedAsync(context, refused),
        BadHttpRequestException { InnerException: JsonException json } =>
            WriteAsync(context, StatusCodes.Status400BadRequest, "MalformedJson", json.Path ?? "$"),
        BadHttpRequestException bad => WriteAsync(context, bad.StatusCode),
        ProblemException problem => WriteAsync(context, problem.Status, problem.Code),
        AlreadyAppliedException applied => WriteAsync(context, StatusCodes.Status409Conflict, "AlreadyApplied", applied.Subject),
        _ when StorageBusy.Is(exception) => WriteBusyAsync(context),
        _ => WriteAsync(context, StatusCodes.Status500InternalServerError),
    };

    /// <summary>Says when to come again.</summary>
    public static void SetRetry(HttpResponse response) =>
        response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);

    private static Task WriteRefusedAsync(HttpContext context, RefusedException refused)
    {
        if (refused.Kind == RefusalKind.TooMany)
        {
            SetRetry(context.Response);
        }

        // The handler runs with the request's own route taken off.
        var isAddressed = context.Features.Get<IExceptionHandlerFeature>()?.RouteValues?.ContainsKey("id") == true;
        return WriteSentenceAsync(
            context, StatusOf(refused.Kind, isAddressed), refused.Refusal,
            context.RequestServices.GetRequiredService<RefusalText>().Of(refused));
    }

    private static Task WriteBusyAsync(HttpContext context)
    {
        SetRetry(context.Response);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, Busy);
    }

    /// <summary>Writes the problem that a bare status stands for.</summary>
    public static Task WriteAsync(HttpContext context, int status) => status == StatusCodes.Status413PayloadTooLarge
        ? WriteAsync(context, status, TooLarge, MegabytesOfSound(context))
        : WriteAsync(context, status, CodeOf(status));

    /// <summary>What a sound file may have at most, for <see cref="TooLarge"/>.</summary>
    public static long MegabytesOfSound(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<BulletinOptions>>().Value.MaxUploadBytes / 1_000_000;

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "KeyNeeded",
        StatusCodes.Status403Forbidden => Refusal.NotAllowed,
        StatusCodes.Status404NotFound => "NotFound",
        StatusCodes.Status405MethodNotAllowed => "MethodNotAllowed",
        StatusCodes.Status415UnsupportedMediaType => "MediaType",
        StatusCodes.Status429TooManyRequests => "TooManyRequests",
        >= 500 => "Fault",
        _ => "MalformedRequest",
    };

    /// <param name="kind">What was refused.</param>
    /// <param name="addressed">True when the call's address names the thing, so that an unknown one is "not found".</param>
    public static int StatusOf(RefusalKind kind, bool addressed) => kind switch
    {
        RefusalKind.Malformed => StatusCodes.Status400BadRequest,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Unknown when addressed => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        RefusalKind.DiskFull => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static Task WriteSentenceAsync(HttpContext context, int status, string code, string sentence)
    {
        var sentences = context.RequestServices.GetRequiredService<IStringLocalizer<RefusalText>>();
        context.Response.StatusCode = status;
        return Results.Problem(new ProblemDetails
        {
            Type = "urn:smartradio:problem:" + JsonNamingPolicy.KebabCaseLower.ConvertName(code),
            Title = sentences[status >= 500 ? "Title.Fault" : "Title.Refused"],
            Status = status,
            Detail = sentence,
            Extensions = { ["code"] = code },
        }).ExecuteAsync(context);
    }
}
