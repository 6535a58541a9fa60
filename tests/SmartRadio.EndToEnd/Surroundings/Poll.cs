using System.Diagnostics;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>Waits for what must come true, and fails with its name when it does not in time.</summary>
internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Long enough for any step on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Looks until what it sees is <paramref name="good"/>.</summary>
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

            if (Stopwatch.GetElapsedTime(since) > (within ?? Patience))
            {
                Assert.Fail($"Not in time: {what}. Last seen: {seen}");
            }

            await Task.Delay(Interval);
        }
    }

    public static Task UntilAsync(string what, Func<bool> holds, TimeSpan? within = null) =>
        UntilAsync(what, () => Task.FromResult(holds()), static held => held, within);

    /// <summary>Waits for an instant of this machine's clock.</summary>
    public static Task UntilAsync(DateTimeOffset instant) =>
        UntilAsync($"{instant:O}", () => DateTimeOffset.UtcNow >= instant, instant - DateTimeOffset.UtcNow + Patience);
}
