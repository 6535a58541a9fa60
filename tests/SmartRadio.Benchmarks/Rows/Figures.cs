using System.Diagnostics;

namespace SmartRadio.Benchmarks.Rows;

internal static class Figures
{
    public static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }

    public static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    public static double MicrosecondsEach(TimeSpan cpu, long messages) => cpu.TotalMicroseconds / messages;

    /// <summary>NaN where nothing is counted.</summary>
    public static double BytesEach(long? before, long? after, long messages) => after - before is { } bytes ? (double)bytes / messages : double.NaN;
}
