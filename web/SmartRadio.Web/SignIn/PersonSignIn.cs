using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.People;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// Lets people in by password. Neither answer nor time tells whether an account is there, or whether it is disabled.
/// </summary>
internal sealed class PersonSignIn(
    UserManager<Person> people, IHttpContextAccessor contexts, IUserClaimsPrincipalFactory<Person> claims,
    IOptions<IdentityOptions> options, ILogger<SignInManager<Person>> logs, IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Person> confirmation)
    : SignInManager<Person>(people, contexts, claims, options, logs, schemes, confirmation)
{
    private static readonly Person Nobody = new();
    private static string? _nobodysHash;

    /// <summary>Hashes the password once, whoever is named.</summary>
    public override async Task<SignInResult> PasswordSignInAsync(
        string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var person = await UserManager.FindByNameAsync(userName);
        var hasher = UserManager.PasswordHasher;
        var found = hasher.VerifyHashedPassword(person ?? Nobody, person?.PasswordHash ?? NobodysHash(hasher), password);
        if (person?.PasswordHash is null || found == PasswordVerificationResult.Failed
            || await PreSignInCheck(person) is not null)
        {
            return SignInResult.Failed;
        }

        if (found == PasswordVerificationResult.SuccessRehashNeeded)
        {
            person.PasswordHash = hasher.HashPassword(person, password);
            await UserManager.UpdateAsync(person);
        }

        return await SignInOrTwoFactorAsync(person, isPersistent);
    }

    /// <summary>Lets a person in who has just chosen a password.</summary>
    /// <returns>False when a second factor is set up: its step is still to come.</returns>
    public async Task<bool> EnterAsync(Person person) => (await SignInOrTwoFactorAsync(person, isPersistent: true)).Succeeded;

    /// <summary>Reads who passed the first step; null too where password or second factor were changed since.</summary>
    public override async Task<Person?> GetTwoFactorAuthenticationUserAsync()
    {
        var first = (await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        return first?.FindFirstValue(ClaimTypes.Name) is { } id && await UserManager.FindByIdAsync(id) is { } person
            && first.FindFirstValue(Options.ClaimsIdentity.SecurityStampClaimType) == person.SecurityStamp
            ? person
            : null;
    }

    /// <summary>Lets the person in, or notes that the first step is passed, under the security stamp of now.</summary>
    protected override async Task<SignInResult> SignInOrTwoFactorAsync(
        Person user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false)
    {
        if (bypassTwoFactor || !await IsTwoFactorEnabledAsync(user))
        {
            return await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);
        }

        var passed = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.Name, user.Id),
                new Claim(Options.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp ?? string.Empty),
            ],
            IdentityConstants.TwoFactorUserIdScheme);
        await Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(passed));
        return SignInResult.TwoFactorRequired;
    }

    // By the same hasher, for it takes as long.
    private static string NobodysHash(IPasswordHasher<Person> hasher) =>
        _nobodysHash ??= hasher.HashPassword(Nobody, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
}
