using System.Diagnostics;

namespace SmartRadio.Benchmarks.Load;

/// <summary>Says as much as the broker carries: half of what may be under way goes out when the other half has arrived.</summary>
internal static class ClosedLoop
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="listeners">Who reads.</param>
    /// <param name="frameSize">Bytes of what arrives.</param>
    /// <param name="turns">How often <paramref name="say"/> is called.</param>
    /// <param name="framesATurn">What each turn makes arrive. Twice as much is under way.</param>
    /// <param name="say">Publishes a turn's messages, given its number.</param>
    /// <returns>Frames that arrived, and the time until the last one.</returns>
    public static (long Came, TimeSpan Took) Run(
        LoadAudience listeners, int frameSize, int turns, long framesATurn, Action<int> say)
    {
        long came = 0;
        var start = Stopwatch.GetTimestamp();
        var last = start;
        for (var turn = 0; turn < turns; turn++)
        {
            say(turn);
            while (came < turn * framesATurn && Stopwatch.GetElapsedTime(last) < Patience)
            {
                Read();
            }
        }

        while (came < turns * framesATurn && Stopwatch.GetElapsedTime(last) < Patience)
        {
            Read();
        }

        return (came, Stopwatch.GetElapsedTime(start, last));

        void Read()
        {
            var read = listeners.Read(100, frameSize);
            came += read;
            last = read > 0 ? Stopwatch.GetTimestamp() : last;
        }
    }
}
