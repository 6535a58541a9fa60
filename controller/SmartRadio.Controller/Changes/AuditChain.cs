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
public sealed class AuditChain(IDbContextFactory<RadioDb> databases, TimeProvider time) : IDisposable
{
    /// <summary>So long a check of all rows holds for those who look at the log.</summary>
    public static readonly TimeSpan WholeLasts = TimeSpan.FromHours(1);

    private static readonly State Beginning = new(new AuditVerification(0, null, string.Empty), 0, []);

    // Whoever looks meanwhile waits for the same.
    private readonly SemaphoreSlim _turn = new(1);
    private State? _known;
    private long _wholeAt;

    /// <summary>Checks all rows.</summary>
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken) =>
        (await GoOnAsync(Beginning, cancellationToken)).Found;

    /// <summary>
    /// Checks all rows at most once in <see cref="WholeLasts"/>, and otherwise those that came since the last check: however
    /// often people look at the log, it costs little. What was altered among the older ones is found by the next whole check.
    /// </summary>
    public async Task<AuditVerification> VerifyNewAsync(CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // Never in the simulation: pages ask.
        await _turn.WaitAsync(cancellationToken);
#pragma warning restore RS0030
        try
        {
            if (_known is not { } known || time.GetElapsedTime(_wholeAt) >= WholeLasts)
            {
                _known = await GoOnAsync(Beginning, cancellationToken);
                _wholeAt = time.GetTimestamp();
            }
            else if (known.Found.IsWhole)
            {
                _known = await GoOnAsync(known, cancellationToken);
            }

            return _known.Found;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<State> GoOnAsync(State known, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (head, rows, last) = (known.Hash, known.Found.Rows, known.LastId);
        await foreach (var entry in db.Audit.AsNoTracking().Where(row => row.Id > last).OrderBy(row => row.Id).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            if (!entry.PreviousHash.AsSpan().SequenceEqual(head)
                || !entry.Hash.AsSpan().SequenceEqual(AuditedChanges.HashOf(entry)))
            {
                return new State(new AuditVerification(rows, entry.Id, Convert.ToHexStringLower(head)), last, head);
            }

            (head, last) = (entry.Hash, entry.Id);
            rows++;
        }

        return new State(new AuditVerification(rows, BrokenAt: null, Convert.ToHexStringLower(head)), last, head);
    }

    /// <summary>What was found, and the last sound row.</summary>
    private sealed record State(AuditVerification Found, long LastId, byte[] Hash);
}
