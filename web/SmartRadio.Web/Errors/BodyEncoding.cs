using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace SmartRadio.Web.Errors;

/// <summary>Refuses bodies in another encoding than UTF-8, which readers of forms and JSON would stumble over.</summary>
internal static class BodyEncoding
{
    public static void UseBodyEncoding(this WebApplication app) => app.Use(async (context, next) =>
    {
        // A page of an error is asked for with what was wrong still in the header.
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && !IsUnicode(type))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException && IsFormUnread(context))
        {
            // A part of it names an unknown encoding.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    });

    private static bool IsUnicode(MediaTypeHeaderValue type) =>
        type.Charset is not { HasValue: true, Length: > 0 } charset
        || HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || HeaderUtilities.RemoveQuotes(charset).Equals("us-ascii", StringComparison.OrdinalIgnoreCase);

    private static bool IsFormUnread(HttpContext context) =>
        context.Request.HasFormContentType && context.Features.Get<IFormFeature>()?.Form is null && !context.Response.HasStarted;
}
