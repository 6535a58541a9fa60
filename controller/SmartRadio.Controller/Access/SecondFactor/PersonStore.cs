using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>
/// Identity's store of people. Authenticator keys and recovery codes are encrypted at rest: whoever copies the database has
/// neither.
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

    /// <summary>Removes key and recovery codes; the password alone opens then.</summary>
    public static async Task ForgetSecondFactorAsync(RadioDb db, Person person, CancellationToken cancellationToken)
    {
        person.TwoFactorEnabled = false;
        await db.UserTokens.Where(token => token.UserId == person.Id).ExecuteDeleteAsync(cancellationToken);
    }
}
