using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.People;

/// <param name="UserName">Name to sign in with.</param>
/// <param name="Password">To be printed once; only its hash is kept.</param>
public sealed record FirstAdministratorResult(string UserName, string Password);

/// <summary>Makes the first person of a new installation. There is no default password anywhere.</summary>
public sealed class FirstAdministrator(
    IDbContextFactory<RadioDb> databases,
    IServiceScopeFactory scopes,
    AuditedChanges changes,
    LocalTime local)
{
    private const string UserName = "admin";
    private const int PasswordLength = 20;

    // Without characters that look alike on paper: 20 of these 54 are 115 bits.
    private const string Alphabet = "abcdefghijkmnopqrstuvwxyzACDEFGHJKLMNPQRTUVWXYZ2346789";

    /// <summary>The administrator made just now, or null when somebody is there already.</summary>
    /// <param name="bootstrapKeyFile">When given, gets an API key of the administrator, readable by the file's owner only.</param>
    /// <param name="cancel">Ends the wait; nobody is made then.</param>
    public async Task<FirstAdministratorResult?> EnsureAsync(string? bootstrapKeyFile, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (await db.Users.AnyAsync(cancel))
            {
                return null;
            }
        }

        using var scope = scopes.CreateScope();
        var password = RandomNumberGenerator.GetString(Alphabet, PasswordLength);
        var person = NewPerson(scope.ServiceProvider, password);
        await changes.ApplyAsync(Actor.Program, Right.Administer, "person.first", async (change, token) =>
        {
            var db = change.Db;
            change.Everywhere();
            db.Users.Add(person);
            if (bootstrapKeyFile is not null)
            {
                db.ApiKeys.Add(await WriteKeyAsync(bootstrapKeyFile, person, token));
            }

            change.Happens(new FirstPersonAdded(person.Id));
            return change.Report(person, $"person {person.UserName}", new { BootstrapKey = bootstrapKeyFile is not null });
        }, cancel);
        return new FirstAdministratorResult(UserName, password);
    }

    private static Person NewPerson(IServiceProvider services, string password)
    {
        var normalizer = services.GetRequiredService<ILookupNormalizer>();
        var person = new Person
        {
            UserName = UserName,
            NormalizedUserName = normalizer.NormalizeName(UserName),
            DisplayName = "Quản trị",
            SecurityStamp = Guid.NewGuid().ToString(),
        };
        person.PasswordHash = services.GetRequiredService<IPasswordHasher<Person>>().HashPassword(person, password);
        return person;
    }

    // The file comes before the row: a key in a file that opens nothing is harmless, a row whose key nobody has is lost.
    private async Task<ApiKey> WriteKeyAsync(string file, Person person, CancellationToken cancel)
    {
        var key = ApiKeySecret.New();
        await PrivateFile.WriteAsync(file, key + "\n", cancel);
        return new ApiKey { PersonId = person.Id, Name = "bootstrap", Hash = ApiKeySecret.HashOf(key), CreatedAt = local.Now };
    }
}
