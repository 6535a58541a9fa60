using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>
/// Asks for a person's password again before what guards the account is changed: a page may have been left open.
/// </summary>
public sealed class OwnPassword(IDbContextFactory<RadioDb> databases, IServiceScopeFactory scopes, AttemptLedger attempts)
{
    /// <summary>
    /// Checks the password. Hashing takes a tenth of a second on purpose, so this comes before the transaction.
    /// </summary>
    /// <returns>The person as read now, not tracked.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.PasswordWrong"/>; <see cref="Refusal.NotAllowed"/> when no person asks.
    /// </exception>
    public async Task<Person> CheckAsync(string password, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var person = actor.KeyId is null
            ? await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == actor.PersonId, cancellationToken)
            : null;
        await using var scope = scopes.CreateAsyncScope();
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Person>>();
        if (person is null)
        {
            throw new RefusedException(Refusal.NotAllowed);
        }

        if (hasher.VerifyHashedPassword(person, person.PasswordHash ?? string.Empty, password)
            == PasswordVerificationResult.Failed)
        {
            attempts.Count(new Attempt(Attempt.SignIn, "person " + person.UserName, actor.Address ?? string.Empty, "password"));
            throw new RefusedException(PersonRefusal.PasswordWrong);
        }

        return person;
    }

    /// <summary>The same person inside the change, tracked, when the password was not changed since.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.PasswordWrong"/>, <see cref="Refusal.NotAllowed"/>.
    /// </exception>
    internal static async Task<Person> SameAsync(Change change, Person known, CancellationToken cancellationToken)
    {
        var id = change.Own();
        return await change.Db.Users.SingleOrDefaultAsync(
            row => row.Id == id && row.SecurityStamp == known.SecurityStamp, cancellationToken)
            ?? throw new RefusedException(PersonRefusal.PasswordWrong);
    }
}
