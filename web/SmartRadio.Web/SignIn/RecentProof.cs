using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using SmartRadio.Controller;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.People;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// Asks for the password again before what outlives the session: an account, an API key, a device program. Whoever finds a page
/// left open makes none of these. The instant of the last proof travels in the session's cookie, which only this program writes.
/// </summary>
internal sealed class RecentProof(
    IHttpContextAccessor requests, OwnPassword password, SignInThrottle throttle, TimeProvider time)
{
    /// <summary>So long a proof is good.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>The form's field.</summary>
    public const string Field = "proof";

    private const string Item = "proven";

    private bool _isGiven;

    /// <summary>Whether forms ask for the password.</summary>
    public bool IsNeeded => !_isGiven
        && !(Context.Items[Item] is DateTimeOffset at && time.GetUtcNow() - at is var age && age >= TimeSpan.Zero && age < Lasts);

    private HttpContext Context => requests.HttpContext!;

    /// <summary>Who signs in has just given the password.</summary>
    public static void Note(AuthenticationProperties properties, DateTimeOffset now) =>
        properties.Items[Item] = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Remembers for the request what its session's cookie says.</summary>
    public static void Read(CookieValidatePrincipalContext context) => context.HttpContext.Items[Item] = At(context.Properties);

    /// <summary>Takes the password of the form where it is needed.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.ProofNeeded"/>, <see cref="PersonRefusal.PasswordWrong"/>, <see cref="PersonRefusal.LockedOut"/>.
    /// </exception>
    public async Task NeedAsync(CancellationToken cancellationToken)
    {
        if (!IsNeeded)
        {
            return;
        }

        var given = Context.Request.Form[Field].ToString();
        if (given.Length == 0)
        {
            throw new RefusedException(PersonRefusal.ProofNeeded);
        }

        var actor = Context.User.Actor();
        var attempt = OwnTry.Of(actor);
        if (throttle.Take(attempt) is var wait && wait > TimeSpan.Zero)
        {
            throw new RefusedException(PersonRefusal.LockedOut, (int)Math.Ceiling(wait.TotalSeconds));
        }

        await password.CheckAsync(given, actor, cancellationToken);
        throttle.Succeeded(attempt);
        await RenewAsync();
        _isGiven = true;
    }

    // It is a sign-in of its own: another session begins and this one ends, so a cookie stolen before is worth nothing after.
    private async Task RenewAsync()
    {
        var session = await Context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        await Context.SignInAsync(
            IdentityConstants.ApplicationScheme, session.Principal!,
            new AuthenticationProperties { IsPersistent = session.Properties!.IsPersistent });
    }

    private static DateTimeOffset? At(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Item, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;
}
