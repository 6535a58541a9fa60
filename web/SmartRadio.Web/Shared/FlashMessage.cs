using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace SmartRadio.Web.Shared;

/// <param name="Good">True when something was done, false when it was refused.</param>
/// <param name="Text">The sentence to show.</param>
internal sealed record Message(bool Good, string Text);

/// <summary>Carries one message over a redirect, in a cookie only this program can write.</summary>
internal sealed class FlashMessage(IDataProtectionProvider protection)
{
    public const string Cookie = "sr-flash";

    /// <summary>Sent by app.js, which then opens the page that the answer leads to: the message is for that one.</summary>
    private const string ScriptHeader = "SR-Script";

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("flash").ToTimeLimitedDataProtector();

    public void Set(HttpContext context, Message message) => context.Response.Cookies.Append(
        Cookie,
        _protector.Protect(JsonSerializer.Serialize(message), TimeSpan.FromMinutes(1)),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromMinutes(1), IsEssential = true });

    public Message? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } cookie || context.Request.Headers.ContainsKey(ScriptHeader))
        {
            return null;
        }

        context.Response.Cookies.Delete(Cookie);
        try
        {
            return JsonSerializer.Deserialize<Message>(_protector.Unprotect(cookie));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
