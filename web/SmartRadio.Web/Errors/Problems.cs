using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SmartRadio.Controller;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Errors;

/// <summary>Says in the caller's language why a call was not carried out (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>Another program holds the database.</summary>
    public const string Busy = "Busy";

    private const int RetrySeconds = 10;

    /// <summary>Writes a problem whose sentence is the resource <paramref name="code"/>.</summary>
    public static Task WriteAsync(HttpContext context, int status, string code, params object[] values)
    {
        var sentences = context.RequestServices.GetRequiredService<IStringLocalizer<RefusalText>>();
        return WriteSentenceAsync(context, status, code, sentences[code, values]);
    }

    public static Task WriteAsync(HttpContext context, Exception exception) => exception switch
    {
        RefusedException refused => WriteSentenceAsync(
            context,
            // The handler runs with the request's own route taken off.
            StatusOf(refused.Kind, context.Features.Get<IExceptionHandlerFeature>()?.RouteValues?.ContainsKey("id") == true),
            refused.Refusal,
            context.RequestServices.GetRequiredService<RefusalText>().Of(refused)),
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

    private static Task WriteBusyAsync(HttpContext context)
    {
        SetRetry(context.Response);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, Busy);
    }

    /// <summary>Writes the problem that a bare status stands for.</summary>
    public static Task WriteAsync(HttpContext context, int status) => WriteAsync(context, status, status switch
    {
        StatusCodes.Status401Unauthorized => "KeyNeeded",
        StatusCodes.Status403Forbidden => Refusal.NotAllowed,
        StatusCodes.Status404NotFound => "NotFound",
        StatusCodes.Status405MethodNotAllowed => "MethodNotAllowed",
        StatusCodes.Status413PayloadTooLarge => "TooLarge",
        StatusCodes.Status415UnsupportedMediaType => "MediaType",
        StatusCodes.Status429TooManyRequests => "TooManyRequests",
        >= 500 => "Fault",
        _ => "MalformedRequest",
    });

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
