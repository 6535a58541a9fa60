using System.Globalization;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>
/// The wall clock of one process and its children, which a test sets by libfaketime (Debian's package faketime). Monotonic clock
/// and waits stay true.
/// </summary>
internal sealed class FakedClock : IDisposable
{
    /// <summary>The dynamic linker puts the machine's library folder in the place of $LIB.</summary>
    private const string Library = "/usr/$LIB/faketime/libfaketimeMT.so.1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartradio-clock-");

    public FakedClock() => Set(TimeSpan.Zero);

    /// <summary>What a process needs to go by it.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Library,
        ["FAKETIME_TIMESTAMP_FILE"] = Offset,
        // Seconds between two looks at the file.
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
        // With it every timed wait of .NET returns at once, and idle threads turn in circles.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    private string Offset => Path.Combine(_folder.FullName, "offset");

    /// <summary>Puts it that far before the true time; it is seen within a second.</summary>
    public void Set(TimeSpan ahead)
    {
        // The process may look at any moment: never at half a file.
        File.WriteAllText(Offset + ".new", string.Create(CultureInfo.InvariantCulture, $"{ahead.TotalSeconds:+0;-0}"));
        File.Move(Offset + ".new", Offset, overwrite: true);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
