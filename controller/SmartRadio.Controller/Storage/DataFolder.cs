using Microsoft.Extensions.Options;

namespace SmartRadio.Controller.Storage;

/// <summary>
/// Where things lie below the data folder, which only its owner may enter. Each property makes its folder when it is missing.
/// </summary>
public sealed class DataFolder(IOptions<RadioOptions> options)
{
    public const string DatabaseName = "smartradio.db";

    /// <summary>Stops that the database does not know yet.</summary>
    internal const string StopsName = "unrecorded-stops";

    /// <summary>Folders that a back-up holds beside the database.</summary>
    internal static readonly string[] BackedUp = ["keys", "bulletins", "objects"];

    private static readonly string[] Own = ["keys", "bulletins", "objects", "incoming", "set-aside", "recordings", "demo", "lock"];

    public string Root { get; } = Private(options.Value.Data);

    public string Database => Path.Combine(Root, DatabaseName);

    /// <summary>Opens <see cref="Database"/>.</summary>
    internal string ConnectionString => $"Data Source={Database}";

    /// <summary>The same for Quartz alone. Connections are pooled by this text.</summary>
    internal string QuartzConnectionString => $"{ConnectionString};Default Timeout=30";

    /// <summary>Keys of ASP.NET Data Protection, readable by the owner only.</summary>
    public string Keys => Private(Path.Combine(Root, "keys"));

    /// <summary>One folder a bulletin: the prepared sound and the browser's preview.</summary>
    public string Bulletins => Folder("bulletins");

    /// <summary>Encoded sound by content address.</summary>
    public string Objects => Folder("objects");

    /// <summary>What loudspeakers recorded of broadcasts.</summary>
    public string Recordings => Folder("recordings");

    /// <summary>Uploads on their way in; emptied at start.</summary>
    public string Incoming => Folder("incoming");

    /// <summary>What belonged to no row at a start; nothing is deleted from it.</summary>
    public string Aside => Folder("set-aside");

    /// <summary>Whether the program makes a file or folder of this name in the data folder.</summary>
    internal static bool IsOwn(string name) =>
        Own.Contains(name, StringComparer.Ordinal) || name.StartsWith(DatabaseName, StringComparison.Ordinal)
        || name.StartsWith(StopsName, StringComparison.Ordinal);

    // A folder that is there already keeps the rights its owner gave it.
    private static string Private(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path).FullName
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
}
