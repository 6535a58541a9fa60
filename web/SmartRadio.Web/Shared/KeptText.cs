using Microsoft.AspNetCore.Authorization;

namespace SmartRadio.Web.Shared;

/// <summary>What keep.js holds of a form in the browser.</summary>
internal static class KeptText
{
    /// <summary>
    /// Tells the browser that it need no longer keep what was typed into the form that was sent. Nothing is kept of pages that
    /// are open to strangers.
    /// </summary>
    public static void Drop(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null && request.HasFormContentType
            && request.Form["_handler"].ToString() is { Length: > 0 } form)
        {
            Drop(context, request.Path.ToUriComponent() + request.QueryString, form);
        }
    }

    /// <summary>The same of a form whose text a script sent elsewhere; the page may be gone before the answer comes.</summary>
    public static void Drop(HttpContext context, string page, string form) => context.Response.Cookies.Append(
        "sr-taken",
        $"{page}#{form}",
        new CookieOptions { SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(1), IsEssential = true });
}
