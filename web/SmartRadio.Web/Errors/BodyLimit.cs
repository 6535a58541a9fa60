using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Bulletins;

namespace SmartRadio.Web.Errors;

/// <summary>How large a request may be.</summary>
internal static class BodyLimit
{
    /// <summary>Largest body where an endpoint does not say otherwise, in bytes.</summary>
    public const long Usual = 1_000_000;

    /// <summary>
    /// Room for the rest of a form beside its file. A file that is a little too large still gets the sentence that says so.
    /// </summary>
    private const long FormBytes = 2_000_000;

    /// <summary>Largest body of a form with a sound, in bytes.</summary>
    public static long WithSound(BulletinOptions options) => options.MaxUploadBytes + FormBytes;

    /// <summary>Answers a body known to be too large at once, before a byte of it is read.</summary>
    public static void UseBodyLimit(this WebApplication app)
    {
        var withSound = WithSound(app.Services.GetRequiredService<IOptions<BulletinOptions>>().Value);
        app.Use((context, next) =>
        {
            var limit = TakesSoundAttribute.Is(context) ? withSound : Usual;
            if (context.Request.ContentLength > limit)
            {
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return Task.CompletedTask;
            }

            Set(context, limit);
            return next(context);
        });
    }

    /// <summary>Takes no more than <see cref="Usual"/> where the address takes more for files.</summary>
    /// <exception cref="BadHttpRequestException">413: more is announced.</exception>
    public static void Narrow(HttpContext context)
    {
        if (context.Request.ContentLength > Usual)
        {
            throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
        }

        Set(context, Usual);
    }

    // Where the body was read already, it was read within the limit.
    private static void Set(HttpContext context, long limit)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }
    }
}
