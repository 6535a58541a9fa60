using System.Diagnostics;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>
/// A broker runs for months, and the first seconds of a process are not what is asked: .NET compiles what is called often a
/// second time, on a thread whose time would be counted. Both brokers are warmed up alike.
/// </summary>
internal static class WarmUp
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(3);

    /// <summary>Does the work to be measured again and again for three seconds, at least once.</summary>
    public static void Repeat(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            work();
        }
        while (Stopwatch.GetElapsedTime(start) < Least);
    }
}
