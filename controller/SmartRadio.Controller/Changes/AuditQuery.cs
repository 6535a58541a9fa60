using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>Reads the audit log for screens.</summary>
public sealed class AuditQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>The newest first.</summary>
    /// <param name="before">Only rows older than this one; null = from the newest.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(long? before, int take, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Audit.AsNoTracking()
            .Where(entry => before == null || entry.Id < before)
            .OrderByDescending(entry => entry.Id)
            .Take(take)
            .ToListAsync(cancel);
    }
}
