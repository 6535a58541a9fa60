using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>
/// Identity's store of people. Authenticator keys and the hashes of recovery codes are encrypted at rest: whoever copies the
/// database has neither.
/// </summary>
internal sealed class PersonStore(RadioDb db, IDataProtectionProvider protection) : UserOnlyStore<Person, RadioDb>(db)
{
    private readonly IDataProtector _protector = protection.CreateProtector("SmartRadio.SecondFactor");

    public override async Task<string?> GetTokenAsync(
        Person user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } kept ? _protector.Unprotect(kept) : null;

    public override Task SetTokenAsync(
        Person user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : _protector.Protect(value), cancellationToken);

    /// <summary>Keeps the hashes of these recovery codes in place of all before.</summary>
    public async Task KeepCodesAsync(Person person, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        var key = await NeedKeyAsync(person, cancellationToken);
        await ReplaceCodesAsync(person, codes.Select(code => RecoveryCodes.HashOf(code, key)), cancellationToken);
    }

    /// <summary>Takes a recovery code, once. Those made before the program hashed them are kept as they are.</summary>
    /// <returns>False when there is no such code.</returns>
    public async Task<bool> TakeCodeAsync(Person person, string code, CancellationToken cancellationToken) =>
        await RedeemCodeAsync(
            person, RecoveryCodes.HashOf(code, await NeedKeyAsync(person, cancellationToken)), cancellationToken)
        || await RedeemCodeAsync(person, code, cancellationToken);

    /// <summary>Removes key and recovery codes; the password alone opens then.</summary>
    public static async Task ForgetSecondFactorAsync(RadioDb db, Person person, CancellationToken cancellationToken)
    {
        person.TwoFactorEnabled = false;
        await db.UserTokens.Where(token => token.UserId == person.Id).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<string> NeedKeyAsync(Person person, CancellationToken cancellationToken) =>
        await GetAuthenticatorKeyAsync(person, cancellationToken)
        ?? throw new InvalidOperationException($"Person {person.Id} has no authenticator key.");
}
