using System.Diagnostics;

namespace SmartRadio.Benchmarks.Pressure;

/// <summary>
/// A disk that takes two seconds a flush, for one process: a library that is loaded before libc and sleeps before fsync and
/// fdatasync while a file exists.
/// </summary>
internal sealed class SlowDisk : IDisposable
{
    /// <summary>How long each takes.</summary>
    public static readonly TimeSpan Flush = TimeSpan.FromSeconds(2);

    private const string Source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdlib.h>
        #include <unistd.h>
        static void rest(void) { const char *file = getenv("SLOW_FLUSH_FILE"); if (file && access(file, F_OK) == 0) usleep(2000000); }
        static int flush(const char *name, int fd) { rest(); return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd); }
        int fsync(int fd) { return flush("fsync", fd); }
        int fdatasync(int fd) { return flush("fdatasync", fd); }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartradio-slow-disk");

    private string Library => Path.Combine(_folder.FullName, "slow.so");

    private string Switch => Path.Combine(_folder.FullName, "slow");

    /// <summary>Of the process whose disk it is.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Library,
        ["SLOW_FLUSH_FILE"] = Switch,
    };

    public bool IsSlow
    {
        set
        {
            if (value)
            {
                File.Create(Switch).Dispose();
            }
            else
            {
                File.Delete(Switch);
            }
        }
    }

    /// <exception cref="InvalidOperationException">There is no C compiler.</exception>
    public static async Task<SlowDisk> BuildAsync()
    {
        var disk = new SlowDisk();
        var file = Path.Combine(disk._folder.FullName, "slow.c");
        await File.WriteAllTextAsync(file, Source);
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", disk.Library, file, "-ldl"]);
        await compiler.WaitForExitAsync();
        return compiler.ExitCode == 0 ? disk : throw new InvalidOperationException("The slow disk needs a C compiler, cc.");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
