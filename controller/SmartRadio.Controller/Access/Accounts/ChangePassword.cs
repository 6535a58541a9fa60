using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>Gives whoever asks another password. Whoever is signed in as them elsewhere is signed out.</summary>
public sealed class ChangePassword(
    OwnPassword password, IDbContextFactory<RadioDb> databases, IServiceScopeFactory scopes, AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.PasswordWrong"/> when <paramref name="current"/> is not the present one,
    /// <see cref="PersonRefusal.PasswordTooWeak"/> with the least length, <see cref="PersonRefusal.PasswordGuessable"/>,
    /// <see cref="PersonRefusal.PasswordSame"/> where the present one was printed; <see cref="Refusal.NotAllowed"/> when no person
    /// asks.
    /// </exception>
    public async Task<Person> HandleAsync(string current, string next, Actor actor, CancellationToken cancellationToken)
    {
        var known = await password.CheckAsync(current, actor, cancellationToken);
        await RefuseSameAsync(known, current, next, cancellationToken);
        var hashed = new Person { Id = known.Id, UserName = known.UserName };
        await using (var scope = scopes.CreateAsyncScope())
        {
            await Passwords.SetAsync(
                scope.ServiceProvider.GetRequiredService<UserManager<Person>>(), hashed, next,
                await PasswordWords.OfAsync(databases, known, cancellationToken));
        }

        return await changes.ApplyAsync(actor, Right.Own, "person.password", async (change, token) =>
        {
            var person = await OwnPassword.SameAsync(change, known, token);
            (person.PasswordHash, person.SecurityStamp) = (hashed.PasswordHash, hashed.SecurityStamp);
            await PrintedPassword.ForgetAsync(change.Db, person.Id, token);
            change.Happens(new PersonChanged(person.Id));
            return change.Report(person, $"person {person.UserName}", new { });
        }, cancellationToken);
    }

    private async Task RefuseSameAsync(Person known, string current, string next, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (current == next && await PrintedPassword.IsInUseAsync(db, known.Id, cancellationToken))
        {
            throw new RefusedException(PersonRefusal.PasswordSame);
        }
    }
}
