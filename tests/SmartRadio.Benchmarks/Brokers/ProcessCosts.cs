using System.Globalization;

namespace SmartRadio.Benchmarks.Brokers;

/// <summary>What the kernel says of a process.</summary>
internal readonly record struct ProcessCosts(int Id)
{
    /// <summary>USER_HZ, which is 100 on every Linux that .NET runs on (proc(5)).</summary>
    private const int TicksPerSecond = 100;

    /// <summary>Processor time so far, threads that have ended included, in steps of 10 ms.</summary>
    public TimeSpan Cpu
    {
        get
        {
            // "id (name) state ...": the name may hold anything, so it is read from its end. utime and stime are fields 14 and
            // 15.
            var stat = File.ReadAllText($"/proc/{Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((double)(Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
        }
    }

    /// <summary>Anonymous memory in use, in bytes.</summary>
    public long PrivateBytes => Kilobytes("status", "RssAnon:") * 1024;

    /// <summary>All memory in use, in bytes; what is shared counts in part.</summary>
    public long ProportionalBytes => Kilobytes("smaps_rollup", "Pss:") * 1024;

    private long Kilobytes(string file, string name) =>
        Number(File.ReadLines($"/proc/{Id}/{file}").First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
