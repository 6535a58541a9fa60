using System.Globalization;

namespace SmartRadio.Audio.Processes;

/// <summary>What a program that reads untrusted input may use.</summary>
/// <param name="Time">The longest it may run, by the clock.</param>
/// <param name="MemoryMegabytes">The address space it may take.</param>
/// <param name="FileBytes">The size to which it may write any file: 0 forbids it to write to files, but not to pipes.</param>
internal sealed record ToolLimits(TimeSpan Time, int MemoryMegabytes, long FileBytes)
{
    // util-linux, which every Debian has. Elsewhere the limits of time and of what we read still hold.
    private static readonly string? PrlimitPath = OperatingSystem.IsLinux() ? ToolProgram.OnPath("prlimit") : null;

    /// <summary>The command line that runs a program under these limits.</summary>
    public IReadOnlyList<string> Around(string program, IEnumerable<string> arguments)
    {
        if (PrlimitPath is null)
        {
            return [program, .. arguments];
        }

        // The limit of processor time outlives us: should the controller be killed, a decoder that loops is still stopped.
        var cpuSeconds = Math.Ceiling(Time.TotalSeconds) * Environment.ProcessorCount;
        return
        [
            PrlimitPath,
            string.Create(CultureInfo.InvariantCulture, $"--as={(long)MemoryMegabytes << 20}"),
            string.Create(CultureInfo.InvariantCulture, $"--fsize={FileBytes}"),
            string.Create(CultureInfo.InvariantCulture, $"--cpu={cpuSeconds}"),
            "--core=0",
            "--",
            program,
            .. arguments,
        ];
    }
}
