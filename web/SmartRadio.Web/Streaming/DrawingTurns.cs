namespace SmartRadio.Web.Streaming;

/// <summary>
/// How many pages and pictures are drawn at once. Drawing takes processors and nothing else, so more at once finish no sooner;
/// the others wait in a line. What stops, warns or comes from a loudspeaker needs no turn and finds the processors free.
/// Strangers have a line of their own, which ends, and the first of them waits among the others.
/// </summary>
internal sealed class DrawingTurns(TimeProvider time) : IDisposable
{
    /// <summary>Strangers in their line, the one who draws among them.</summary>
    public const int MostStrangers = 50;

    /// <summary>Of them from one address.</summary>
    public const int MostOfAddress = 10;

    private readonly WorkLine _turns = new(Environment.ProcessorCount, time);
    private readonly WorkLine _urgent = new(1, time);
    private readonly WorkLine _strangers = new(1, time);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _waiting = new(StringComparer.Ordinal);

    /// <summary>Waits for a turn; disposing it lets the next one in.</summary>
    public Task<IDisposable> TakeAsync(CancellationToken cancellationToken) => _turns.TakeAsync(cancellationToken);

    /// <summary>The same in the line of those who release emergencies: one at a time, beside all others.</summary>
    public Task<IDisposable> TakeUrgentAsync(CancellationToken cancellationToken) => _urgent.TakeAsync(cancellationToken);

    /// <summary>Does the work of a stranger in a turn.</summary>
    /// <param name="address">Whence the stranger comes.</param>
    /// <param name="work">What takes the turn.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the line is full: then nothing was done.</returns>
    public async Task<bool> TryStrangerAsync(string address, Func<Task> work, CancellationToken cancellationToken)
    {
        if (!Enter(address))
        {
            return false;
        }

        try
        {
            using var first = await _strangers.TakeAsync(cancellationToken);
            using var turn = await TakeAsync(cancellationToken);
            await work();
            return true;
        }
        finally
        {
            Leave(address);
        }
    }

    public void Dispose()
    {
        _turns.Dispose();
        _urgent.Dispose();
        _strangers.Dispose();
    }

    private bool Enter(string address)
    {
        lock (_lock)
        {
            var own = _waiting.GetValueOrDefault(address);
            if (own >= MostOfAddress || _waiting.Values.Sum() >= MostStrangers)
            {
                return false;
            }

            _waiting[address] = own + 1;
            return true;
        }
    }

    private void Leave(string address)
    {
        lock (_lock)
        {
            if (--_waiting[address] == 0)
            {
                _waiting.Remove(address);
            }
        }
    }
}
