using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>
/// Makes the first person of a new installation, who holds every role everywhere: there is nobody else yet who could do anything.
/// There is no default password anywhere, and no name that a stranger could guess passwords of (ASVS 5.0, 6.3.2).
/// </summary>
public sealed class FirstAdministrator(
    IDbContextFactory<RadioDb> databases,
    IServiceScopeFactory scopes,
    AuditedChanges changes,
    LocalTime local)
{
    private const string NamePrefix = "quan-tri-";

    /// <summary>Without those that are mistaken for one another.</summary>
    private const string NameCharacters = "abcdefghjkmnpqrstuvwxyz23456789";

    private const int NameEnding = 5;

    private const string DisplayName = "Quản trị";

    /// <summary>The administrator made just now, or null when somebody is there already.</summary>
    /// <param name="bootstrapKeyFile">When given, gets an API key of the administrator, readable by the file's owner
    /// only.</param>
    /// <param name="cancellationToken">Ends the wait; nobody is made then.</param>
    public async Task<GeneratedPassword?> EnsureAsync(string? bootstrapKeyFile, CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (await db.Users.AnyAsync(cancellationToken))
            {
                return null;
            }
        }

        using var scope = scopes.CreateScope();
        var userName = NamePrefix + RandomNumberGenerator.GetString(NameCharacters, NameEnding);
        var made = GeneratedPassword.For(userName);
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var person = NewPerson.Of(people, userName, DisplayName);
        person.PasswordHash = people.PasswordHasher.HashPassword(person, made.Password);
        await changes.ApplyAsync(Actor.Program, Right.Administer, "person.first", async (change, token) =>
        {
            var db = change.Db;
            change.Everywhere();
            db.Users.Add(person);
            PrintedPassword.Mark(db, person.Id);
            db.Roles.AddRange(Enum.GetValues<Role>().Select(role => new RoleGrant { PersonId = person.Id, Role = role }));
            if (bootstrapKeyFile is not null)
            {
                db.ApiKeys.Add(await WriteKeyAsync(bootstrapKeyFile, person, token));
            }

            return change.Report(person, $"person {person.UserName}", new { BootstrapKey = bootstrapKeyFile is not null });
        }, cancellationToken);
        return made;
    }

    // The file comes before the row: a key in a file that opens nothing is harmless, a row whose key nobody has is lost.
    private async Task<ApiKey> WriteKeyAsync(string file, Person person, CancellationToken cancellationToken)
    {
        var key = ApiKeySecret.New();
        await PrivateFile.WriteAsync(file, key + "\n", cancellationToken);
        return new ApiKey { PersonId = person.Id, Name = "bootstrap", Hash = ApiKeySecret.HashOf(key), CreatedAt = local.Now };
    }
}
