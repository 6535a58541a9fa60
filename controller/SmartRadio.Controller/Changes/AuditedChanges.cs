using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>What a change reports of itself to the audit log.</summary>
public sealed record ChangeReport<T>(T Result, string Subject, object Detail);

/// <summary>The one door for changes people make: the change and its audit row are one transaction, or neither happens.</summary>
public sealed class AuditedChanges(IDbContextFactory<RadioDb> databases, TimeProvider time)
{
    // The log is read by people: letters stay letters.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="actor">Who makes the change.</param>
    /// <param name="action">noun.verb, as in <see cref="AuditEntry.Action"/>.</param>
    /// <param name="change">Changes the database; it may save when it needs generated ids. Throw to change nothing.</param>
    /// <param name="cancel">Ends the wait; nothing is changed then.</param>
    /// <exception cref="RefusedException"><see cref="Refusal.DiskFull"/>, and whatever <paramref name="change"/> throws.</exception>
    public async Task<T> ApplyAsync<T>(
        Actor actor,
        string action,
        Func<RadioDb, CancellationToken, Task<ChangeReport<T>>> change,
        CancellationToken cancel)
    {
        try
        {
            return await CommitAsync(actor, action, change, cancel);
        }
        catch (Exception error) when (StorageFull.Is(error))
        {
            throw new RefusedException(Refusal.DiskFull);
        }
    }

    /// <summary>SHA-256 over the row's fields and the previous row's hash.</summary>
    public static byte[] HashOf(AuditEntry entry)
    {
        var text = JsonSerializer.Serialize(new object?[]
        {
            Convert.ToHexString(entry.PreviousHash), entry.At.ToUnixTimeMilliseconds(), entry.PersonId,
            entry.ActorName, entry.Action, entry.Subject, entry.Detail,
        });
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    private async Task<T> CommitAsync<T>(
        Actor actor,
        string action,
        Func<RadioDb, CancellationToken, Task<ChangeReport<T>>> change,
        CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        // SQLite takes the write lock here (BEGIN IMMEDIATE), so two changes cannot chain to the same last row.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var report = await change(db, cancel);
        await db.SaveChangesAsync(cancel);

        var previous = await db.Audit.OrderByDescending(row => row.Id).Select(row => row.Hash).FirstOrDefaultAsync(cancel) ?? [];
        var entry = new AuditEntry
        {
            At = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
            PersonId = actor.PersonId,
            ActorName = actor.Name,
            Action = action,
            Subject = report.Subject,
            Detail = JsonSerializer.Serialize(report.Detail, report.Detail.GetType(), Readable),
            PreviousHash = previous,
            Hash = [],
        };
        entry.Hash = HashOf(entry);
        db.Audit.Add(entry);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return report.Result;
    }
}
