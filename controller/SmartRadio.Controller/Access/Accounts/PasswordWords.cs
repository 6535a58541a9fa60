using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>What whoever knows the person and the commune tries first.</summary>
internal static class PasswordWords
{
    /// <summary>The person's names and those of all areas.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(
        IDbContextFactory<RadioDb> databases, Person person, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return [person.UserName ?? string.Empty, person.DisplayName,
            .. await db.Areas.Select(area => area.Name).Distinct().ToListAsync(cancellationToken)];
    }
}
