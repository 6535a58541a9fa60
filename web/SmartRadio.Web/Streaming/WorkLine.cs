namespace SmartRadio.Web.Streaming;

/// <summary>A line in front of work of which only so much is done at once; whoever came first is first.</summary>
internal sealed class WorkLine(int atOnce, TimeProvider time) : IDisposable
{
    /// <summary>Then the next one begins all the same: a reader on a slow line holds up nobody.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turns = new(atOnce);

    /// <summary>Waits for a turn; disposing it lets the next one in.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        return new Turn(_turns, time);
    }

    public void Dispose() => _turns.Dispose();

    private sealed class Turn : IDisposable
    {
        private readonly ITimer _timer;
        private SemaphoreSlim? _turns;

        public Turn(SemaphoreSlim turns, TimeProvider time)
        {
            _turns = turns;
            _timer = time.CreateTimer(
                static turn => ((Turn)turn!).Leave(), this, Longest, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer.Dispose();
            Leave();
        }

        private void Leave() => Interlocked.Exchange(ref _turns, null)?.Release();
    }
}
