using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>
/// Brings back a lost administrator from the machine's console: a person of that name administers everything then and has a new
/// password, no second factor and no session. Whoever is not there yet is added.
/// </summary>
public sealed class RecoverAdministrator(IServiceScopeFactory scopes, AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NameMissing"/>, <see cref="Refusal.NameTooLong"/>, <see cref="Refusal.ControlCharacters"/>;
    /// <see cref="Refusal.Malformed"/> for other characters in the user name; <see cref="PersonRefusal.NameLooksTaken"/> when a
    /// new name looks like another person's.
    /// </exception>
    public async Task<GeneratedPassword> HandleAsync(string userName, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var added = NewPerson.Of(people, userName, displayName: userName);
        var made = GeneratedPassword.For(added.UserName!);
        var hash = people.PasswordHasher.HashPassword(added, made.Password);
        return await changes.ApplyAsync(Actor.Program, Right.Administer, "person.recover", async (change, token) =>
        {
            change.Everywhere();
            var db = change.Db;
            var person = await db.Users.SingleOrDefaultAsync(row => row.NormalizedUserName == added.NormalizedUserName, token);
            var isNew = person is null;
            if (person is null)
            {
                await NewPerson.RefuseAlikeAsync(db, added, token);
                person = db.Users.Add(added).Entity;
            }

            (person.PasswordHash, person.LockoutEnd, person.SecurityStamp) = (hash, null, Guid.NewGuid().ToString());
            await PrintedPassword.ForgetAsync(db, person.Id, token);
            PrintedPassword.Mark(db, person.Id);
            await PersonStore.ForgetSecondFactorAsync(db, person, token);
            await InvitationStore.EndAsync(db, person.Id, token);
            if (!await db.Roles.AnyAsync(
                row => row.PersonId == person.Id && row.Role == Role.Administrator && row.AreaId == null, token))
            {
                db.Roles.Add(new RoleGrant { PersonId = person.Id, Role = Role.Administrator });
            }

            change.Happens(new PersonChanged(person.Id));
            return change.Report(made with { UserName = person.UserName! }, $"person {person.UserName}", new { Added = isNew });
        }, cancellationToken);
    }
}
