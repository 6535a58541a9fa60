using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <param name="Rows">Rows found to be as they were written.</param>
/// <param name="BrokenAt">The first row that was altered, or stands after one that was removed; null = none.</param>
/// <param name="Head">Hash of the last sound row, to be kept elsewhere: rows cut off at the end leave no gap.</param>
public sealed record AuditVerification(long Rows, long? BrokenAt, string Head)
{
    public bool IsWhole => BrokenAt is null;
}

/// <summary>Checks that no row of the audit log was altered, removed or put in between.</summary>
public sealed class AuditChain(IDbContextFactory<RadioDb> databases)
{
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        byte[] head = [];
        var rows = 0L;
        await foreach (var entry in db.Audit.AsNoTracking().OrderBy(row => row.Id).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            if (!entry.PreviousHash.AsSpan().SequenceEqual(head)
                || !entry.Hash.AsSpan().SequenceEqual(AuditedChanges.HashOf(entry)))
            {
                return new AuditVerification(rows, entry.Id, Convert.ToHexStringLower(head));
            }

            head = entry.Hash;
            rows++;
        }

        return new AuditVerification(rows, BrokenAt: null, Convert.ToHexStringLower(head));
    }
}
