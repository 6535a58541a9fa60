using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace SmartRadio.Web.Errors;

/// <summary>How large a request may be.</summary>
internal static class BodyLimit
{
    /// <summary>Largest body where an endpoint does not say otherwise, in bytes.</summary>
    public const long Usual = 1_000_000;

    /// <summary>Answers a body known to be too large at once, before a byte of it is read.</summary>
    public static void UseBodyLimit(this WebApplication app) => app.Use(static (context, next) =>
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Usual;
        if (context.Request.ContentLength > limit)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        return next(context);
    });

    /// <summary>Takes no more than <see cref="Usual"/> where the address takes more for files.</summary>
    /// <exception cref="BadHttpRequestException">413: more is announced.</exception>
    public static void Narrow(HttpContext context)
    {
        if (context.Request.ContentLength > Usual)
        {
            throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
        }

        // Where the body was read already, it was read within the limit.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Usual;
        }
    }
}
