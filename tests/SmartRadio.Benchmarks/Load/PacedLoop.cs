using System.Diagnostics;

namespace SmartRadio.Benchmarks.Load;

/// <summary>Says something at fixed instants and reads in between, on one thread.</summary>
internal static class PacedLoop
{
    /// <param name="listeners">Who reads.</param>
    /// <param name="frameSize">Bytes of what arrives.</param>
    /// <param name="turns">How often <paramref name="say"/> is called.</param>
    /// <param name="period">From one call to the next.</param>
    /// <param name="due">Frames that shall arrive in all.</param>
    /// <param name="say">Publishes a turn's messages, given its number.</param>
    /// <param name="arrived">Told of each frame.</param>
    /// <returns>Frames that arrived.</returns>
    public static long Run(
        LoadAudience listeners, int frameSize, int turns, TimeSpan period, long due, Action<int> say, FrameArrived arrived)
    {
        long came = 0;
        var start = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < turns; turn++)
        {
            say(turn);
            while ((period * (turn + 1)) - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } left)
            {
                came += listeners.Read((int)Math.Ceiling(left.TotalMilliseconds), frameSize, arrived);
            }
        }

        return came + listeners.ReadUntil(due - came, frameSize, arrived);
    }
}
