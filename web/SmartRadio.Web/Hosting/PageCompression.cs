using Microsoft.AspNetCore.Http.Features;

namespace SmartRadio.Web.Hosting;

/// <summary>
/// Compresses answers. Over TLS the length of a compressed answer can tell what is in it to whoever reads the line and can have
/// a browser ask for pages with text of his choice (BREACH). There only pages are compressed that the browser asked for from
/// this program's own pages, or because its owner typed the address; docs/security.md says why.
/// </summary>
internal static class PageCompression
{
    private const string AskedFrom = "Sec-Fetch-Site";

    /// <summary>They show secrets of persons, or words of strangers.</summary>
    private static readonly PathString[] Left = ["/account", "/complaints", "/keys", "/people"];

    public static void UsePageCompression(this WebApplication app)
    {
        app.UseResponseCompression();
        app.Use(static (context, next) =>
        {
            if (IsSafe(context.Request) && context.Features.Get<IHttpsCompressionFeature>() is { } compression)
            {
                compression.Mode = HttpsCompressionMode.Compress;
            }

            return next(context);
        });
    }

    // No script and no other site can set this header. A browser that sends none gets what it got before.
    private static bool IsSafe(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers[AskedFrom] is ["same-origin" or "none"]
        && !Array.Exists(Left, place => request.Path.StartsWithSegments(place, StringComparison.OrdinalIgnoreCase));
}
