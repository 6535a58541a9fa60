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

    /// <summary>A person's keys, the newest first, ended ones too, and how many there are in all.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="after">Only those older than this one.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(IReadOnlyList<ApiKey> Rows, int Total)> ListAsync(
        string personId, long? after, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keys = db.ApiKeys.AsNoTracking().Where(key => key.PersonId == personId);
        var rows = await keys.Where(key => after == null || key.Id < after).OrderByDescending(key => key.Id).Take(take)
            .ToListAsync(cancellationToken);
        return (rows, await keys.CountAsync(cancellationToken));
    }

    /// <summary>A person's keys that still open something, then the newest of the others; and how many are there.</summary>
    public async Task<(IReadOnlyList<ApiKey> Rows, int Total)> OpenFirstAsync(
        string personId, int take, CancellationToken cancellationToken)
    {
        var now = local.Now;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keys = db.ApiKeys.AsNoTracking().Where(key => key.PersonId == personId);
        var rows = await keys
            .OrderByDescending(key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now))
            .ThenByDescending(key => key.Id).Take(take).ToListAsync(cancellationToken);
        return (rows, await keys.CountAsync(cancellationToken));
    }
}
