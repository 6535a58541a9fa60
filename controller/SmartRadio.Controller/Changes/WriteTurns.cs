using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>
/// One change at a time, those first that stop or warn. SQLite lets the others wait too, but each on a thread of its own: while
/// the disk is slow or another program holds the database, no thread would be left for what needs none of it.
/// </summary>
public sealed class WriteTurns(IDbContextFactory<RadioDb> databases, TimeProvider time)
{
    /// <summary>As long as a command waits for another program.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _urgent = new();
    private readonly Queue<TaskCompletionSource> _usual = new();
    private bool _taken;

    /// <summary>
    /// Waits for the turn and opens the database; disposing it lets the next one in. Its commits are on the disk after
    /// <see cref="WriteAheadLog.FlushAsync"/>, not before.
    /// </summary>
    /// <exception cref="StorageBusyException">It did not come within half a minute.</exception>
    internal async Task<WriteScope> TakeAsync(bool isUrgent, CancellationToken cancellationToken)
    {
        await WaitAsync(isUrgent, cancellationToken);
        RadioDb? db = null;
        try
        {
            db = await databases.CreateDbContextAsync(cancellationToken);
            return new WriteScope(db, await WriteAheadLog.DeferAsync(db, cancellationToken), Leave);
        }
        catch
        {
            await (db?.DisposeAsync() ?? ValueTask.CompletedTask);
            Leave();
            throw;
        }
    }

    private async ValueTask WaitAsync(bool isUrgent, CancellationToken cancellationToken)
    {
        if (Enter(isUrgent) is { } waiter)
        {
            await using var gone = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
            await using var timer = time.CreateTimer(
                _ => waiter.TrySetException(new StorageBusyException()), state: null, Patience, Timeout.InfiniteTimeSpan);
            await waiter.Task;
        }
    }

    /// <returns>What to wait for; null when the turn is taken.</returns>
    private TaskCompletionSource? Enter(bool isUrgent)
    {
        lock (_lock)
        {
            if (!_taken)
            {
                _taken = true;
                return null;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (isUrgent ? _urgent : _usual).Enqueue(waiter);
            return waiter;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_urgent.TryDequeue(out var next) || _usual.TryDequeue(out next))
            {
                // Whoever has given up is passed over.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _taken = false;
        }
    }
}

/// <summary>One change's turn.</summary>
internal sealed class WriteScope(RadioDb db, IAsyncDisposable deferral, Action leave) : IAsyncDisposable
{
    public RadioDb Db => db;

    // The context ends before the turn, so the next change does not wait for this one's lock.
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using (db)
            {
                await deferral.DisposeAsync();
            }
        }
        finally
        {
            leave();
        }
    }
}
