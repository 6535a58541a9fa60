using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>Gives whoever asks another password. Whoever is signed in as them elsewhere is signed out.</summary>
public sealed class ChangePassword(
    ProofCheck proofs, IDbContextFactory<RadioDb> databases, IServiceScopeFactory scopes, AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// As of <see cref="ProofCheck.CheckAsync"/>; <see cref="PersonRefusal.PasswordTooWeak"/> with the least length,
    /// <see cref="PersonRefusal.PasswordGuessable"/>, <see cref="PersonRefusal.PasswordSame"/> where the present one was printed.
    /// </exception>
    public async Task<Person> HandleAsync(OwnProof proof, string next, Actor actor, CancellationToken cancellationToken)
    {
        var asking = await proofs.PersonAsync(actor, cancellationToken);
        await RefuseSameAsync(asking, proof.Password, next, cancellationToken);
        var hashed = new Person { Id = asking.Id, UserName = asking.UserName };
        await using (var scope = scopes.CreateAsyncScope())
        {
            await Passwords.SetAsync(
                scope.ServiceProvider.GetRequiredService<UserManager<Person>>(), hashed, next,
                await PasswordWords.OfAsync(databases, asking, cancellationToken));
        }

        // At last, for a code is good once: a new password that is refused uses up none.
        var known = await proofs.CheckAsync(proof, actor, cancellationToken);
        return await changes.ApplyAsync(actor, Right.Own, "person.password", async (change, token) =>
        {
            var person = await ProofCheck.SameAsync(change, known, token);
            (person.PasswordHash, person.SecurityStamp) = (hashed.PasswordHash, hashed.SecurityStamp);
            await PrintedPassword.ForgetAsync(change.Db, person.Id, token);
            change.Happens(new PersonChanged(person.Id));
            return change.Report(person, $"person {person.UserName}", new { });
        }, cancellationToken);
    }

    private async Task RefuseSameAsync(Person asking, string current, string next, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (current == next && await PrintedPassword.IsInUseAsync(db, asking.Id, cancellationToken))
        {
            throw new RefusedException(PersonRefusal.PasswordSame);
        }
    }
}
