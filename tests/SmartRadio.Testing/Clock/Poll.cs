using System.Diagnostics;

namespace SmartRadio.Testing.Clock;

/// <summary>Waits, by this machine's clock, for a condition of another process or thread.</summary>
public static class Poll
{
    /// <summary>Threads of this process answer within a few of these.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(1);

    /// <summary>Seldom enough to leave the processor to a process that starts.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <summary>Long enough for any step on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Looks every millisecond, after half a second every 20 ms, until what it sees is <paramref name="good"/>.
    /// </summary>
    /// <param name="what">Names the condition in the message of the exception.</param>
    /// <param name="within">Half a minute when null.</param>
    /// <exception cref="TimeoutException">It was not seen in time; the message tells what was seen last.</exception>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T>> look, Predicate<T> good, TimeSpan? within = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (good(seen))
            {
                return seen;
            }

            var waited = Stopwatch.GetElapsedTime(since);
            if (waited > (within ?? Patience))
            {
                throw new TimeoutException($"Not in time: {what}. Last seen: {seen}");
            }

            await Task.Delay(waited < First ? FirstInterval : Interval, TimeProvider.System);
        }
    }

    /// <inheritdoc cref="UntilAsync{T}"/>
    public static Task UntilAsync(string what, Func<bool> holds, TimeSpan? within = null) =>
        UntilAsync(what, () => Task.FromResult(holds()), within);

    /// <inheritdoc cref="UntilAsync{T}"/>
    public static Task UntilAsync(string what, Func<Task<bool>> holds, TimeSpan? within = null) =>
        UntilAsync(what, holds, static held => held, within);

    /// <summary>Waits for an instant of this machine's clock.</summary>
    public static Task UntilAsync(DateTimeOffset instant) =>
        UntilAsync($"{instant:O}", () => DateTimeOffset.UtcNow >= instant, instant - DateTimeOffset.UtcNow + Patience);
}
