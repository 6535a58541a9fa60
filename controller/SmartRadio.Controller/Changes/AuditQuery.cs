using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>Reads the audit log for screens.</summary>
public sealed class AuditQuery(IDbContextFactory<RadioDb> databases, IEnumerable<IAuditedIn> rooms)
{
    /// <summary>The newest first.</summary>
    /// <param name="reader">Reads all own acts.</param>
    /// <param name="scope">Everywhere = all; otherwise only entries that are known to lie in these areas.</param>
    /// <param name="before">Only rows older than this one; null = from the newest.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(
        Actor reader, AreaScope scope, long? before, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var entries = db.Audit.AsNoTracking().Where(entry => before == null || entry.Id < before);
        if (scope.Areas is { } areas)
        {
            var known = rooms.Select(room => room.Entries(db, areas))
                .Aggregate(
                    db.Audit.Where(entry => entry.PersonId == reader.PersonId).Select(entry => entry.Id),
                    (all, room) => all.Concat(room));
            entries = entries.Where(entry => known.Contains(entry.Id));
        }

        return await entries.OrderByDescending(entry => entry.Id).Take(take).ToListAsync(cancellationToken);
    }
}
