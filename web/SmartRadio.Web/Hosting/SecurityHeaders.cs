using System.Globalization;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Hosting;

/// <summary>Headers that keep a browser from doing what these pages never ask for.</summary>
internal static class SecurityHeaders
{
    private const string ContentPolicy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>What was just recorded is heard from the browser's memory.</summary>
    private const string RecordingPolicy = ContentPolicy + "; media-src 'self' blob:";

    // Set as the answer begins: the exception handler clears what was set before.
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(static (context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var answered = (HttpContext)state;
            var headers = answered.Response.Headers;
            var records = UsesMicrophoneAttribute.Is(answered);
            headers.ContentSecurityPolicy = records ? RecordingPolicy : ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = $"camera=(), geolocation=(), microphone=({(records ? "self" : null)})";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (answered.Response.ContentType is { } type && type.StartsWith("text/", StringComparison.Ordinal)
                && !type.Contains("charset", StringComparison.OrdinalIgnoreCase))
            {
                answered.Response.ContentType = type + "; charset=utf-8";
            }

            // What this program says is for the one who asked: no cache keeps it, neither a proxy's nor the browser's. Its own
            // style and scripts say nothing.
            if (answered.GetEndpoint()?.Metadata.GetMetadata<StaticAsset.Kept>() is { } kept)
            {
                headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={kept.Time.TotalSeconds:0}");
            }
            else if (!StaticAsset.IsAsked(answered))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
