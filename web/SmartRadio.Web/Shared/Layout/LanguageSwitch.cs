using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Shared.Layout;

/// <summary>The reader's choice of language, kept in a cookie.</summary>
internal static class LanguageSwitch
{
    /// <summary>Name of the rate limit of choices: a browser's owner makes few.</summary>
    public const string RateLimit = "language";

    public static void MapLanguage(this IEndpointRouteBuilder forms) =>
        forms.MapPost("/language", ([FromForm] string? language, [FromForm] string? back, HttpContext context) =>
        {
            var chosen = Array.Find(TextServices.Languages, l => l.Name == language) ?? TextServices.Languages[0];
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen)),
                new CookieOptions
                {
                    MaxAge = TimeSpan.FromDays(400),
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    IsEssential = true
                });
            return Results.LocalRedirect(LocalPath.OrHome(back));
        }).AllowAnonymous().RequireRateLimiting(RateLimit);
}
