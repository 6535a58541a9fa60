using Microsoft.Extensions.Options;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Tls;

namespace SmartRadio.Web.Hosting;

/// <summary>
/// Where the program serves over TLS, a browser that asks over plain HTTP from elsewhere is led there, and a program is refused.
/// On this machine, where nobody listens on the line, both ports serve.
/// </summary>
internal static class SecureTransport
{
    /// <summary>
    /// Only with a certificate that others vouch for: a browser that minds it lets nobody past one it does not know.
    /// </summary>
    private const string OneYear = "max-age=31536000";

    private const string WithSubdomains = OneYear + "; includeSubDomains";

    private const string Health = "/health";

    public static void UseSecureTransport(this WebApplication app)
    {
        var tls = app.Services.GetRequiredService<IOptions<TlsOptions>>().Value;
        app.Use((context, next) =>
        {
            if (context.Request.IsHttps)
            {
                if (tls.Certificate is not null || context.Connection.LocalPort != PortOf(context))
                {
                    context.Response.Headers.StrictTransportSecurity = tls.Subdomains ? WithSubdomains : OneYear;
                }

                return next(context);
            }

            if (PortOf(context) is not { } port || LocalCaller.Is(context)
                || context.Request.Path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase))
            {
                return next(context);
            }

            // A program that followed would send its key in the clear each time, and nobody would notice.
            if (ErrorHandling.IsApi(context))
            {
                return Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "TlsNeeded", port);
            }

            var request = context.Request;
            // 307 keeps the method; what a form or a key said in the clear was said already, and is not taken here.
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location =
                $"https://{new HostString(request.Host.Host, port)}{request.PathBase}{request.Path}{request.QueryString}";
            return Task.CompletedTask;
        });
    }

    /// <summary>The TLS port, as it was bound; null without one.</summary>
    private static int? PortOf(HttpContext context) => context.RequestServices.GetRequiredService<TlsPort>().Number;
}
