using System.Globalization;

namespace SmartRadio.Audio.Processes;

/// <summary>What a program that reads untrusted input may use.</summary>
/// <param name="Time">The longest it may run, by the clock.</param>
/// <param name="MemoryMegabytes">The address space it may take.</param>
/// <param name="FileBytes">The size to which it may write any file: 0 forbids it to write to files, but not to pipes.</param>
/// <param name="Input">The one file of ours it may read, in the sandbox; null = none.</param>
internal sealed record ToolLimits(TimeSpan Time, int MemoryMegabytes, long FileBytes, string? Input = null)
{
    /// <summary>Files and folders of ours that it may read too, in the sandbox.</summary>
    public IEnumerable<string> Readable { get; init; } = [];

    /// <summary>Room for the description of a file with many tracks and chapters.</summary>
    public const int LongLog = 1 << 20;

    /// <summary>How many bytes of what it writes to its standard error are kept.</summary>
    public int LogBytes { get; init; } = 16 * 1024;

    // Time to report that the processor time is over, before the kernel ends the program without a word.
    private const int CpuGraceSeconds = 5;

    // util-linux, which every Debian has. Elsewhere the limits of time and of what we read still hold.
    private static readonly string? PrlimitPath = OperatingSystem.IsLinux() ? ToolProgram.OnPath("prlimit") : null;

    /// <summary>The command line that runs a program under these limits, in the sandbox where there is one.</summary>
    public IReadOnlyList<string> Around(string program, IEnumerable<string> arguments)
    {
        var command = ToolSandbox.Around(
            program, arguments, Input is null ? Readable : Readable.Append(Path.GetFullPath(Input)));
        if (PrlimitPath is null)
        {
            return command;
        }

        // The limit of processor time outlives us: should the controller be killed, a decoder that loops is still stopped.
        var cpuSeconds = Math.Ceiling(Time.TotalSeconds) * Environment.ProcessorCount;
        return
        [
            PrlimitPath,
            string.Create(CultureInfo.InvariantCulture, $"--as={(long)MemoryMegabytes << 20}"),
            string.Create(CultureInfo.InvariantCulture, $"--fsize={FileBytes}"),
            string.Create(CultureInfo.InvariantCulture, $"--cpu={cpuSeconds}:{cpuSeconds + CpuGraceSeconds}"),
            "--core=0",
            "--",
            .. command,
        ];
    }
}
