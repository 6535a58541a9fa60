using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.People;

/// <summary>One person on a screen.</summary>
public sealed record PersonRow(string Id, string UserName, string DisplayName);

/// <summary>Who may sign in.</summary>
public sealed class PeopleQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>"person lan" as the audit log names an account that is there; else empty: it may be a password.</summary>
    /// <param name="name">In the form of <see cref="UserNameForm"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> SubjectAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.Where(person => person.NormalizedUserName == name).Select(person => "person " + person.UserName)
            .SingleOrDefaultAsync(cancellationToken) ?? string.Empty;
    }

    public async Task<IReadOnlyList<PersonRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking()
            .OrderBy(person => person.NormalizedUserName)
            .Select(person => new PersonRow(person.Id, person.UserName!, person.DisplayName))
            .ToListAsync(cancellationToken);
    }
}
