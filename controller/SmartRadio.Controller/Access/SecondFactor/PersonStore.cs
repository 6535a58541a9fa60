using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>
/// Identity's store of people. Authenticator keys and the hashes of recovery codes are encrypted at rest: whoever copies the
/// database has neither.
/// </summary>
internal sealed class PersonStore(RadioDb db, IDataProtectionProvider protection, ILoggerFactory logs)
    : UserOnlyStore<Person, RadioDb>(db)
{
    private readonly IDataProtector _protector = protection.CreateProtector("SmartRadio.SecondFactor");
    private readonly ILogger _logger = logs.CreateLogger<PersonStore>();

    /// <summary>Reads what is kept; null too where the keys that open it are gone, which nothing typed fits.</summary>
    public override async Task<string?> GetTokenAsync(
        Person user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        if (await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is not { } kept)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(kept);
        }
        catch (CryptographicException problem)
        {
            _logger.LogError(
                problem, "The second factor of person {Person} cannot be read: its key is gone from the folder keys", user.Id);
            return null;
        }
    }

    public override Task SetTokenAsync(
        Person user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : _protector.Protect(value), cancellationToken);

    /// <summary>Takes a recovery code, once. Those made before the program hashed them are kept as they are.</summary>
    /// <param name="person">Whose, tracked.</param>
    /// <param name="code">As <see cref="RecoveryCodes.Read"/> gives it.</param>
    /// <param name="hash">As <see cref="RecoveryCodes.HashOf"/> gives it: it takes long, so it comes before the change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is no such code.</returns>
    public async Task<bool> TakeCodeAsync(Person person, string code, string hash, CancellationToken cancellationToken) =>
        await RedeemCodeAsync(person, hash, cancellationToken) || await RedeemCodeAsync(person, code, cancellationToken);

    /// <summary>Removes key and recovery codes; the password alone opens then.</summary>
    public static async Task ForgetSecondFactorAsync(RadioDb db, Person person, CancellationToken cancellationToken)
    {
        person.TwoFactorEnabled = false;
        await db.UserTokens.Where(token => token.UserId == person.Id).ExecuteDeleteAsync(cancellationToken);
    }
}
