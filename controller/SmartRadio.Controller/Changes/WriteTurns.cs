using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>
/// One change at a time, those first that stop or warn. SQLite lets the others wait too, but each on a thread of its own: while
/// the disk is slow or another program holds the database, no thread would be left for what needs none of it.
/// </summary>
public sealed class WriteTurns(TimeProvider time)
{
    /// <summary>As long as a command waits for another program.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _urgent = new();
    private readonly Queue<TaskCompletionSource> _usual = new();
    private bool _taken;

    /// <summary>Waits for the turn; disposing it lets the next one in.</summary>
    /// <exception cref="StorageBusyException">It did not come within half a minute.</exception>
    internal async ValueTask<IDisposable> TakeAsync(bool isUrgent, CancellationToken cancellationToken)
    {
        if (Enter(isUrgent) is { } waiter)
        {
            await using var gone = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
            await using var timer = time.CreateTimer(
                _ => waiter.TrySetException(new StorageBusyException()), state: null, Patience, Timeout.InfiniteTimeSpan);
            await waiter.Task;
        }

        return new Turn(this);
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

    private sealed class Turn(WriteTurns all) : IDisposable
    {
        public void Dispose() => all.Leave();
    }
}
