using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.People;

/// <summary>One person on a screen.</summary>
public sealed record PersonRow(string Id, string UserName, string DisplayName);

/// <summary>Who may sign in.</summary>
public sealed class PeopleQuery(IDbContextFactory<RadioDb> databases)
{
    public async Task<IReadOnlyList<PersonRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking()
            .OrderBy(person => person.NormalizedUserName)
            .Select(person => new PersonRow(person.Id, person.UserName!, person.DisplayName))
            .ToListAsync(cancellationToken);
    }
}
