using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>
/// Asks people again for all that signing in takes, before what guards an account is changed: a page may have been left open.
/// </summary>
public sealed class ProofCheck(
    IDbContextFactory<RadioDb> databases, IServiceScopeFactory scopes, AttemptLedger attempts,
    SecondFactorStore secondFactors, TotpProvider totp, UseRecoveryCode recovery)
{
    /// <summary>Whether the proof takes a code beside the password.</summary>
    public async Task<bool> TakesCodeAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(row => row.Id == actor.PersonId && row.TwoFactorEnabled, cancellationToken);
    }

    /// <summary>
    /// Checks the password and, where a second factor is set up, the code, which is used up then. Hashing takes a tenth of a
    /// second on purpose, so this comes before the transaction.
    /// </summary>
    /// <returns>The person as read now, not tracked.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.PasswordWrong"/>, <see cref="PersonRefusal.CodeNeeded"/>, <see cref="PersonRefusal.CodeWrong"/>;
    /// <see cref="Refusal.NotAllowed"/> when no person asks.
    /// </exception>
    public async Task<Person> CheckAsync(OwnProof proof, Actor actor, CancellationToken cancellationToken)
    {
        var person = await PersonAsync(actor, cancellationToken);
        if (person.TwoFactorEnabled && string.IsNullOrWhiteSpace(proof.Code))
        {
            throw new RefusedException(PersonRefusal.CodeNeeded);
        }

        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetRequiredService<IPasswordHasher<Person>>()
            .VerifyHashedPassword(person, person.PasswordHash ?? string.Empty, proof.Password)
            == PasswordVerificationResult.Failed)
        {
            throw Refused(PersonRefusal.PasswordWrong, "password", person, actor);
        }

        if (person.TwoFactorEnabled && !await TakesAsync(person, proof.Code, actor, cancellationToken))
        {
            throw Refused(PersonRefusal.CodeWrong, "code", person, actor);
        }

        return person;
    }

    /// <summary>Reads who asks, not tracked.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/> when no person asks.</exception>
    internal async Task<Person> PersonAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return actor.KeyId is null
            && await db.Users.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == actor.PersonId, cancellationToken) is { } person
            ? person
            : throw new RefusedException(Refusal.NotAllowed);
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

    // Digits or a recovery code, as at the sign-in.
    private async Task<bool> TakesAsync(Person person, string code, Actor actor, CancellationToken cancellationToken)
    {
        var key = await secondFactors.KeyOfAsync(person, cancellationToken);
        if (await totp.AcceptAsync(person.Id, key, code, cancellationToken))
        {
            return true;
        }

        try
        {
            await recovery.HandleAsync(person, code, actor.Address, cancellationToken);
            return true;
        }
        catch (RefusedException refused) when (refused.Refusal == PersonRefusal.CodeWrong)
        {
            return false;
        }
    }

    private RefusedException Refused(string refusal, string place, Person person, Actor actor)
    {
        attempts.Count(new Attempt(Attempt.SignIn, "person " + person.UserName, actor.Address ?? string.Empty, place));
        return new RefusedException(refusal);
    }
}
