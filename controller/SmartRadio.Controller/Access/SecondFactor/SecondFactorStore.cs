using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>Opens <see cref="PersonStore"/> outside a request.</summary>
public sealed class SecondFactorStore(
    IDbContextFactory<RadioDb> databases, IDataProtectionProvider protection, ILoggerFactory logs)
{
    /// <summary>The store on this context; it saves nothing by itself.</summary>
    internal PersonStore In(RadioDb db) => new(db, protection, logs) { AutoSaveChanges = false };

    /// <summary>Reads the person's authenticator key in base32; null = there is none, or none that our keys open.</summary>
    internal async Task<string?> KeyOfAsync(Person person, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await In(db).GetAuthenticatorKeyAsync(person, cancellationToken);
    }
}
