using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace SmartRadio.Web.Text;

internal static class TextServices
{
    /// <summary>The first is the default.</summary>
    public static readonly CultureInfo[] Languages = [new("vi"), new("en")];

    public static void AddTexts(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton<Format>();
        services.AddSingleton<RefusalText>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Languages[0]);
            options.SupportedCultures = Languages;
            options.SupportedUICultures = Languages;
            options.ApplyCurrentCultureToResponseHeaders = true;
            // On a page the reader's own choice counts and Vietnamese comes first; programs say what they read.
            options.RequestCultureProviders =
            [
                new CookieRequestCultureProvider(),
                new CustomRequestCultureProvider(OfApiCallAsync),
            ];
        });
    }

    private static Task<ProviderCultureResult?> OfApiCallAsync(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            ? new AcceptLanguageHeaderRequestCultureProvider().DetermineProviderCultureResult(context)
            : Task.FromResult<ProviderCultureResult?>(null);
}
