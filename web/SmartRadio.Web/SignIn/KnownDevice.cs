using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using SmartRadio.Controller.People;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// Knows again the browsers in which accounts signed in, by a cookie that only this program can write (OWASP, "device cookies").
/// It opens nothing: its tries are counted apart from those of strangers.
/// </summary>
internal sealed class KnownDevice(IDataProtectionProvider protection)
{
    // Of eight people with a second factor.
    private const int MostNames = 16;
    private const int IdBytes = 12;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private readonly IDataProtector _protector = protection.CreateProtector("SmartRadio.Device");

    /// <summary>A try of somebody who typed this name.</summary>
    public SignInTry Try(HttpContext context, string? typed)
    {
        var name = UserNameForm.Of(typed ?? string.Empty);
        return Read(context) is { } device && device.Names.Contains(name, StringComparer.Ordinal)
            ? new SignInTry(name, "device " + device.Id, IsKnown: true)
            : new SignInTry(name, CallerAddress.Of(context), IsKnown: false);
    }

    /// <summary>A try at the second step of somebody who gave the password.</summary>
    public SignInTry TryCode(HttpContext context, string personId) => OwnTry.OfCode(
        personId, Read(context) is { } device && device.Names.Contains(OwnTry.CodeOf(personId), StringComparer.Ordinal)
            ? "device " + device.Id
            : null);

    /// <summary>What limits count the caller by who has not said a name yet.</summary>
    public string CallerOf(HttpContext context) =>
        Read(context) is { } device ? "device " + device.Id : CallerAddress.Of(context);

    /// <summary>Somebody signed in with this name.</summary>
    public void Remember(HttpContext context, string typed) => Remember(context, [UserNameForm.Of(typed)]);

    /// <summary>Somebody took the second step.</summary>
    public void RememberCode(HttpContext context, Person person) =>
        Remember(context, [UserNameForm.Of(person.UserName!), OwnTry.CodeOf(person.Id)]);

    private void Remember(HttpContext context, string[] names)
    {
        var before = Read(context) ?? new Device(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), []);
        var others = before.Names.Except(names, StringComparer.Ordinal);
        var device = before with { Names = [.. names.Concat(others).Take(MostNames)] };
        context.Response.Cookies.Append(
            CookieNames.Device,
            _protector.Protect(JsonSerializer.Serialize(device)),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = Kept, IsEssential = true });
    }

    private Device? Read(HttpContext context)
    {
        if (context.Request.Cookies[CookieNames.Device] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Device>(_protector.Unprotect(cookie));
        }
        catch (Exception error) when (error is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Device(string Id, IReadOnlyList<string> Names);
}
