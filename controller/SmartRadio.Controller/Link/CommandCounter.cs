using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Link;

/// <summary>
/// Counters that never go back, not over a restart and not when the database is restored from an older copy: the run's
/// number (about its start in Unix seconds) in the high half, a count in the low half. One write a start, none a command.
/// </summary>
public sealed class CommandCounter(IDbContextFactory<RadioDb> databases, TimeProvider time)
{
    private long _last;

    /// <summary>Takes a number for this run; call once, before <see cref="Next"/>.</summary>
    public async Task BeginRunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var previous = await db.Runs.MaxAsync(run => (long?)run.Id, cancellationToken) ?? 0;
        var run = new ControllerRun { Id = Math.Max(previous + 1, now.ToUnixTimeSeconds()), StartedAt = now };
        db.Runs.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Interlocked.Exchange(ref _last, run.Id << 32);
    }

    /// <summary>The last one given out.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <exception cref="InvalidOperationException">The run has not begun.</exception>
    public long Next()
    {
        var next = Interlocked.Increment(ref _last);
        return next > uint.MaxValue
            ? next
            : throw new InvalidOperationException("Commands are sent only after the run has begun.");
    }
}
