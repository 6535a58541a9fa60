using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.People;

/// <param name="UserName">To sign in with: letters, digits and "-._@+".</param>
/// <param name="DisplayName">As shown on screens; one line.</param>
/// <param name="Password">At least 10 characters, 5 of them different.</param>
public sealed record AddPersonRequest(string UserName, string DisplayName, string Password);

/// <summary>Lets another person sign in.</summary>
public sealed class AddPerson(IServiceScopeFactory scopes, AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NameMissing"/>, <see cref="Refusal.NameTooLong"/>, <see cref="Refusal.ControlCharacters"/>,
    /// <see cref="PersonRefusal.PasswordTooWeak"/> with the least length, <see cref="PersonRefusal.UserNameTaken"/>,
    /// <see cref="Refusal.Malformed"/> for other characters in the user name.
    /// </exception>
    public async Task<Person> HandleAsync(AddPersonRequest request, Actor actor, CancellationToken cancel)
    {
        var userName = PlainText.Name(request.UserName);
        var displayName = PlainText.Name(request.DisplayName);
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        if (userName.Any(letter => !people.Options.User.AllowedUserNameCharacters.Contains(letter, StringComparison.Ordinal)))
        {
            throw new RefusedException(Refusal.Malformed, "userName");
        }

        var person = new Person
        {
            UserName = userName,
            NormalizedUserName = people.NormalizeName(userName),
            DisplayName = displayName,
        };
        await Passwords.SetAsync(people, person, request.Password);
        return await changes.ApplyAsync(actor, Right.Administer, "person.add", async (change, token) =>
        {
            var db = change.Db;
            // Whoever looks after any area brings people in; what they may do there is given by roles.
            change.WithinScope();
            if (await db.Users.AnyAsync(other => other.NormalizedUserName == person.NormalizedUserName, token))
            {
                throw new RefusedException(PersonRefusal.UserNameTaken, userName);
            }

            db.Users.Add(person);
            change.Happens(new PersonChanged(person.Id));
            return change.Report(person, $"person {person.UserName}", new { person.DisplayName });
        }, cancel);
    }
}
