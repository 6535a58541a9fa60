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
/// Asks again for all that signing in takes, before what outlives the session: an account, an API key, a device program, another
/// password or second factor. Whoever finds a page left open makes none of these. The instant of the last proof travels in the
/// session's cookie, which only this program writes.
/// </summary>
internal sealed class RecentProof(
    IHttpContextAccessor requests, ProofCheck proofs, SignInThrottle throttle, TimeProvider time)
{
    /// <summary>So long a proof is good.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>The form's field of the password.</summary>
    public const string Field = "proof";

    /// <summary>The form's field of digits or a recovery code.</summary>
    public const string CodeField = "proof-code";

    private const string Item = "proven";

    private bool _isGiven;

    /// <summary>Whether forms ask for a proof.</summary>
    public bool IsNeeded => !_isGiven
        && !(Context.Items[Item] is DateTimeOffset at && time.GetUtcNow() - at is var age && age >= TimeSpan.Zero && age < Lasts);

    private HttpContext Context => requests.HttpContext!;

    /// <summary>Whether a proof takes a code beside the password.</summary>
    public Task<bool> TakesCodeAsync() => proofs.TakesCodeAsync(Context.User.Actor(), Context.RequestAborted);

    /// <summary>Who signs in has just proved it.</summary>
    public static void Note(AuthenticationProperties properties, DateTimeOffset now) =>
        properties.Items[Item] = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Remembers for the request what its session's cookie says.</summary>
    public static void Read(CookieValidatePrincipalContext context) => context.HttpContext.Items[Item] = At(context.Properties);

    /// <summary>Takes the proof of the form where the last one is too old.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.ProofNeeded"/>, <see cref="PersonRefusal.LockedOut"/>; as of <see cref="ProofCheck.CheckAsync"/>.
    /// </exception>
    public async Task NeedAsync(CancellationToken cancellationToken)
    {
        if (IsNeeded)
        {
            await AlwaysAsync(proof => proofs.CheckAsync(proof, Context.User.Actor(), cancellationToken));
            await RenewAsync();
            _isGiven = true;
        }
    }

    /// <summary>
    /// Does what takes the proof of the form, however recent the last one is. Whoever finds a page left open may guess no faster
    /// than at the door.
    /// </summary>
    /// <param name="work">Checks the proof.</param>
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.ProofNeeded"/>, <see cref="PersonRefusal.LockedOut"/>; what <paramref name="work"/> throws.
    /// </exception>
    public async Task AlwaysAsync(Func<OwnProof, Task> work)
    {
        var form = Context.Request.Form;
        var given = new OwnProof(form[Field].ToString(), form[CodeField].ToString());
        if (given.Password.Length == 0)
        {
            throw new RefusedException(PersonRefusal.ProofNeeded);
        }

        var attempt = OwnTry.Of(Context.User.Actor());
        if (throttle.Take(attempt) is var wait && wait > TimeSpan.Zero)
        {
            throw new RefusedException(PersonRefusal.LockedOut, (int)Math.Ceiling(wait.TotalSeconds));
        }

        await work(given);
        throttle.Succeeded(attempt);
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
