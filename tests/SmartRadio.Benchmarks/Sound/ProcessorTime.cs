using System.Runtime.InteropServices;

namespace SmartRadio.Benchmarks.Sound;

/// <summary>The processor time of this process and of those it started and saw end (getrusage(2), Linux on 64 bits).</summary>
internal static partial class ProcessorTime
{
    private const int Self = 0;
    private const int Children = -1;
    private const int Longs = 18; // of struct rusage; the first four are the user's and the system's time

    public static TimeSpan OfAll() => Of(Self) + Of(Children);

    private static TimeSpan Of(int who)
    {
        var usage = new long[Longs];
        return GetUsage(who, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException("getrusage failed.");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, [Out] long[] usage);
}
