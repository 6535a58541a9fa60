using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.People;

/// <summary>Gives whoever asks another password. Whoever is signed in as them elsewhere is signed out.</summary>
public sealed class ChangePassword(IDbContextFactory<RadioDb> databases, IServiceScopeFactory scopes, AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.PasswordWrong"/> when <paramref name="current"/> is not the present one, <see cref="PersonRefusal.PasswordTooWeak"/>
    /// with the least length; <see cref="Refusal.NotAllowed"/> when no person asks.
    /// </exception>
    public async Task<Person> HandleAsync(string current, string next, Actor actor, CancellationToken cancel)
    {
        // Hashing takes a tenth of a second on purpose: before the transaction, which holds the database's one write lock.
        var (person, oldStamp) = await MakeAsync(current, next, actor, cancel);
        return await changes.ApplyAsync(actor, Right.Own, "person.password", async (change, token) =>
        {
            change.Own();
            var changed = await change.Db.Users.Where(row => row.Id == person.Id && row.SecurityStamp == oldStamp).ExecuteUpdateAsync(
                row => row.SetProperty(each => each.PasswordHash, person.PasswordHash).SetProperty(each => each.SecurityStamp, person.SecurityStamp), token);
            return changed == 1
                ? change.Report(person, $"person {person.UserName}", new { })
                : throw new RefusedException(PersonRefusal.PasswordWrong);
        }, cancel);
    }

    private async Task<(Person Person, string? OldStamp)> MakeAsync(string current, string next, Actor actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == actor.PersonId, cancel)
            ?? throw new RefusedException(Refusal.NotAllowed);
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        if (people.PasswordHasher.VerifyHashedPassword(person, person.PasswordHash ?? string.Empty, current) == PasswordVerificationResult.Failed)
        {
            throw new RefusedException(PersonRefusal.PasswordWrong);
        }

        var oldStamp = person.SecurityStamp;
        await Passwords.SetAsync(people, person, next);
        return (person, oldStamp);
    }
}
