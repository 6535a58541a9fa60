using System.Diagnostics;

namespace SmartRadio.Testing.Files;

/// <summary>A disk of a few megabytes in memory, mounted on a temporary folder, that a test can fill.</summary>
public sealed class SmallDisk : IDisposable
{
    /// <summary>Why a test is skipped where there is none.</summary>
    public const string Unsupported = "A small disk can be mounted by root on Linux only.";

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts a disk; null where that is not allowed.</summary>
    public static SmallDisk? TryMount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-disk-").FullName;
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder).Code != 0)
        {
            Directory.Delete(folder);
            return null;
        }

        return new SmallDisk(folder);
    }

    /// <summary>Leaves this much room, to the page.</summary>
    public void FillUpTo(int freeBytes)
    {
        var fill = new DriveInfo(Path).AvailableFreeSpace - freeBytes;
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            for (; fill > 0; fill -= page.Length)
            {
                file.Write(page);
            }
        }
        catch (IOException) when (new DriveInfo(Path).AvailableFreeSpace <= freeBytes)
        {
            // The controller took the last page meanwhile.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        if (Run("umount", Path) is not (0, _) and var (_, problem))
        {
            throw new IOException($"The small disk {Path} cannot be taken away: {problem}");
        }

        Directory.Delete(Path);
    }

    private static (int Code, string Problem) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var problem = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, problem);
    }
}
