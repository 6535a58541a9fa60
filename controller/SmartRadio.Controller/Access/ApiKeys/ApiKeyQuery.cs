using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.ApiKeys;

/// <summary>Looks keys up.</summary>
public sealed class ApiKeyQuery(IDbContextFactory<RadioDb> databases, LocalTime local, KeyUseNotes notes)
{
    /// <summary>Whom a key lets act, or null when it opens nothing.</summary>
    public async Task<Actor?> FindActorAsync(string key, CancellationToken cancellationToken)
    {
        if (!ApiKeySecret.HasForm(key))
        {
            return null;
        }

        var hash = ApiKeySecret.HashOf(key);
        var now = local.Now;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await (
            from row in db.ApiKeys.AsNoTracking()
            join person in db.Users on row.PersonId equals person.Id
            where row.Hash == hash && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now)
                && (person.LockoutEnd == null || person.LockoutEnd < now)
            select new { Row = row, person.DisplayName }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        notes.Add(found.Row.Id, found.Row.LastUsedAt, now);
        return new Actor(found.Row.PersonId, $"{found.DisplayName} ({found.Row.Name})") { KeyId = found.Row.Id };
    }

    /// <summary>A person's keys, the newest first, revoked ones too.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(string personId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ApiKeys.AsNoTracking()
            .Where(key => key.PersonId == personId)
            .OrderByDescending(key => key.Id)
            .ToListAsync(cancellationToken);
    }
}
