using System.Diagnostics;

namespace SmartRadio.Controller.Tests;

/// <summary>A disk of a few megabytes in memory, mounted on a temporary folder. Only root may mount: others skip the test.</summary>
public sealed class SmallDisk : IDisposable
{
    private string Filler => System.IO.Path.Combine(Path, "filler");

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-disk-").FullName;
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder).Code != 0)
        {
            Directory.Delete(folder);
            Assert.Skip("A small disk can be mounted by root on Linux only.");
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
        Assert.Equal((0, ""), Run("umount", Path));
        Directory.Delete(Path);
    }

    private static (int Code, string Problem) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var problem = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, problem);
    }
}
