using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.ApiKeys;

/// <summary>Looks keys up.</summary>
public sealed class ApiKeyQuery(IDbContextFactory<RadioDb> databases, LocalTime local, ILogger<ApiKeyQuery> logger)
{
    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromMinutes(1);

    /// <summary>Nobody waits longer for a note: the next use is noted as well.</summary>
    private static readonly TimeSpan NoteTimeout = TimeSpan.FromSeconds(1);

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

        await NoteUseAsync(db, found.Row, cancellationToken);
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

    // To the minute only: a program that polls must not make every read a write.
    private async Task NoteUseAsync(RadioDb db, ApiKey row, CancellationToken cancellationToken)
    {
        var now = local.Now;
        if (now - row.LastUsedAt < LastUsedPrecision)
        {
            return;
        }

        try
        {
            db.Database.SetCommandTimeout(NoteTimeout);
            await db.ApiKeys.Where(key => key.Id == row.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, now), cancellationToken);
        }
        catch (DbException problem)
        {
            // A full disk or a busy database must not keep anybody from looking or from stopping a broadcast.
            logger.LogWarning(problem, "The use of API key {Key} could not be noted", row.Id);
        }
    }
}
