using System.Collections.Concurrent;

namespace SmartRadio.Web.Shared.Repeats;

/// <summary>
/// One request at a time under a key: a second tap waits for the end of the first, and then sees what became of it.
/// </summary>
internal sealed class RequestsAtWork
{
    private readonly ConcurrentDictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn; disposing it lets the next one in.</summary>
    public async Task<IDisposable> EnterAsync(string person, string key, CancellationToken cancellationToken)
    {
        var turn = new Turn(this, $"{person} {key}");
        while (!_turns.TryAdd(turn.Key, turn))
        {
            if (_turns.TryGetValue(turn.Key, out var other))
            {
                await other.Ended.Task.WaitAsync(cancellationToken);
            }
        }

        return turn;
    }

    private sealed class Turn(RequestsAtWork all, string key) : IDisposable
    {
        public string Key => key;

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose()
        {
            all._turns.TryRemove(KeyValuePair.Create(key, this));
            Ended.TrySetResult();
        }
    }
}
