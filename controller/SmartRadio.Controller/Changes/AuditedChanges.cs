using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>
/// The one door for everything that a person or the program can do. Inside one transaction the right is checked, the change made,
/// other rooms' parts done and the audit row chained, or nothing happens; after the commit those react who care.
/// </summary>
public sealed class AuditedChanges(
    WaitingChanges line,
    WriteTurns turns,
    WriteAheadLog log,
    IRights rights,
    Events events,
    TimeProvider time,
    ILogger<AuditedChanges> logger)
{
    /// <summary>So long a one-time token is remembered.</summary>
    public static readonly TimeSpan RequestsKept = TimeSpan.FromHours(24);

    // The log is read by people: letters stay letters.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="actor">Who makes the change.</param>
    /// <param name="right">What it takes; the change itself says at which area.</param>
    /// <param name="action">noun.verb, as in <see cref="AuditEntry.Action"/>.</param>
    /// <param name="make">Checks, then writes; it may save when it needs generated ids. Throw to change nothing.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is changed then.</param>
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NotAllowed"/>, <see cref="Refusal.TooManyChanges"/>, <see cref="Refusal.TooManyDayChanges"/>,
    /// <see cref="Refusal.DiskFull"/>, and whatever <paramref name="make"/> throws.
    /// </exception>
    /// <exception cref="AlreadyAppliedException">
    /// The actor's <see cref="Actor.RequestKey"/> was used for this action before.
    /// </exception>
    public async Task<T> ApplyAsync<T>(
        Actor actor, Right right, string action, Func<Change, CancellationToken, Task<ChangeReport<T>>> make,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<IEvent> happened;
        ChangeReport<T> report;
        try
        {
            (report, happened) = await CommitAsync(actor, right, action, make, cancellationToken);
        }
        catch (Exception error) when (StorageFull.Is(error))
        {
            throw new RefusedException(Refusal.DiskFull);
        }

        await FlushAsync(right, action, report.Subject);
        foreach (var each in happened)
        {
            // It is done: who asked may have gone, those who react are told all the same.
            await events.PublishAsync(each, CancellationToken.None);
        }

        return report.Result;
    }

    private static bool IsUrgent(Right right) => right is Right.Stop or Right.Alert;

    // Nobody is told what a power cut could take back; the next change need not wait for it. Where the disk refuses to flush, the
    // change is made all the same: files that belong to it must stay, and those who react must hear of it.
    private async Task FlushAsync(Right right, string action, string subject)
    {
        try
        {
            await log.FlushAsync(IsUrgent(right));
        }
        catch (IOException problem)
        {
            logger.LogCritical(
                problem, "{Action} of {Subject} is made, but the disk did not take it: a power cut may undo it", action, subject);
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

    private async Task<(ChangeReport<T> Report, IReadOnlyList<IEvent> Happened)> CommitAsync<T>(
        Actor actor, Right right, string action, Func<Change, CancellationToken, Task<ChangeReport<T>>> make,
        CancellationToken cancellationToken)
    {
        using var place = await line.JoinAsync(actor, right, action, cancellationToken);
        await using var turn = await turns.TakeAsync(IsUrgent(right), cancellationToken);
        var db = turn.Db;
        // SQLite takes the write lock here (BEGIN IMMEDIATE), so two changes cannot chain to the same last row.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RefuseRepeatAsync(db, actor, action, cancellationToken);
        var change = new Change(
            db, actor, right, actor.PersonId is null ? Grants.Everything : await rights.OfAsync(db, actor, cancellationToken));
        var report = await make(change, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await events.TakePartAsync(change, cancellationToken);
        Remember(db, actor, action, report.Subject);
        await ChainAsync(db, actor, action, report.Subject, report.Detail, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (report, change.Happenings);
    }

    private async Task RefuseRepeatAsync(RadioDb db, Actor actor, string action, CancellationToken cancellationToken)
    {
        if (actor is not { RequestKey: { } key, PersonId: { } person })
        {
            return;
        }

        var oldest = time.GetUtcNow() - RequestsKept;
        await db.AppliedRequests.Where(request => request.At < oldest).ExecuteDeleteAsync(cancellationToken);
        if (await db.AppliedRequests.FindAsync([person, key, action], cancellationToken) is { } before)
        {
            throw new AlreadyAppliedException(before.Subject);
        }
    }

    private void Remember(RadioDb db, Actor actor, string action, string subject)
    {
        if (actor is { RequestKey: { } key, PersonId: { } person })
        {
            db.AppliedRequests.Add(
                new AppliedRequest { PersonId = person, Key = key, Action = action, Subject = subject, At = Now });
        }
    }

    private async Task ChainAsync(
        RadioDb db, Actor actor, string action, string subject, object detail, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry
        {
            At = Now,
            PersonId = actor.PersonId,
            ActorName = await NameAsync(db, actor, cancellationToken),
            Action = action,
            Subject = subject,
            Detail = DetailOf(detail, actor.Address),
            PreviousHash = await db.Audit.OrderByDescending(row => row.Id).Select(row => row.Hash)
                .FirstOrDefaultAsync(cancellationToken) ?? [],
            Hash = [],
        };
        entry.Hash = HashOf(entry);
        db.Audit.Add(entry);
    }

    /// <summary>The particulars as JSON, with the caller's address as "From" where there is one.</summary>
    private static string DetailOf(object detail, string? address)
    {
        var text = JsonSerializer.Serialize(detail, detail.GetType(), Readable);
        return address is { Length: > 0 } && text.EndsWith('}')
            ? $"{text[..^1]}{(text.Length > 2 ? "," : string.Empty)}\"From\":{JsonSerializer.Serialize(address, Readable)}}}"
            : text;
    }

    private async Task<string> NameAsync(RadioDb db, Actor actor, CancellationToken cancellationToken) =>
        actor.PersonId is { } person && await rights.AccountAsync(db, person, cancellationToken) is { } account
            ? $"{actor.Name} [{account}]"
            : actor.Name;

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
