namespace SmartRadio.Controller.Objects;

/// <summary>Turns of work on sound.</summary>
internal static class SoundTurns
{
    /// <summary>Waits for the turn; disposing it lets the next one in.</summary>
    public static async Task<IDisposable> TakeTurnAsync(this SemaphoreSlim line, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // Never in the simulation: it encodes sound on other threads.
        await line.WaitAsync(cancellationToken);
#pragma warning restore RS0030
        return new Turn(line);
    }

    private sealed class Turn(SemaphoreSlim line) : IDisposable
    {
        public void Dispose() => line.Release();
    }
}
