using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>Knows a repeated request before any work begins: work ahead of the door may take minutes.</summary>
public sealed class RepeatedRequests(IDbContextFactory<RadioDb> databases, WriteTurns turns, TimeProvider time)
{
    private DateTimeOffset Oldest => time.GetUtcNow() - AuditedChanges.RequestsKept;

    /// <summary>What the request did before, as in <see cref="AuditEntry.Subject"/>; null when it did nothing yet.</summary>
    public async Task<string?> SubjectAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var oldest = Oldest;
        return await db.AppliedRequests
            .Where(request => request.PersonId == actor.PersonId && request.Key == actor.RequestKey && request.At >= oldest)
            .OrderBy(request => request.At).Select(request => request.Subject).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What the API answered to the request before, or null.</summary>
    public async Task<AnsweredRequest?> AnswerAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var oldest = Oldest;
        return await db.AnsweredRequests.AsNoTracking()
            .SingleOrDefaultAsync(
                answer => answer.PersonId == actor.PersonId && answer.Key == actor.RequestKey && answer.At >= oldest,
                cancellationToken);
    }

    /// <summary>Keeps an answer, and forgets those that are too old.</summary>
    public async Task KeepAsync(AnsweredRequest answer, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(isUrgent: false, cancellationToken);
        var db = turn.Db;
        // A power cut may take an answer back; the change that it tells of stays.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var oldest = Oldest;
        await db.AnsweredRequests.Where(each => each.At < oldest).ExecuteDeleteAsync(cancellationToken);
        answer.At = time.GetUtcNow();
        db.AnsweredRequests.Add(answer);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
