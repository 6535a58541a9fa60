using System.Runtime.InteropServices;

namespace SmartRadio.Controller.Storage;

/// <summary>
/// Only the program's own account may read the data: they hold hashes of passwords and the nodes' secrets. Windows has no such
/// modes; there the folder's own rights hold.
/// </summary>
public static class DataRights
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;

    // Everything but the owner's own: 077.
    private const uint Others = 63;

    /// <summary>From here on all files of this process are its account's alone.</summary>
    public static void KeepPrivate()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(Others);
        }
    }

    /// <summary>
    /// Takes rights of others from the program's own files and folders below the data folder: 0700 for folders, 0600 for files.
    /// What is not the program's, and links, are left alone: somebody may have named a folder that holds other things.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">Something of it belongs to another account.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static void Tighten(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var root = new DirectoryInfo(folder);
        var entries = root.EnumerateFileSystemInfos("*", Below(recursive: false)).ToList();
        if (entries.TrueForAll(entry => DataFolder.IsOwn(entry.Name)))
        {
            Set(root, PrivateFolder);
        }

        foreach (var entry in entries.Where(entry => DataFolder.IsOwn(entry.Name)))
        {
            Set(entry, entry is DirectoryInfo ? PrivateFolder : PrivateFile);
            foreach (var below in (entry as DirectoryInfo)?.EnumerateFileSystemInfos("*", Below(recursive: true)) ?? [])
            {
                Set(below, below is DirectoryInfo ? PrivateFolder : PrivateFile);
            }
        }
    }

    private static EnumerationOptions Below(bool recursive) =>
        new() { RecurseSubdirectories = recursive, AttributesToSkip = FileAttributes.ReparsePoint };

    private static void Set(FileSystemInfo entry, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows() && (entry.UnixFileMode & ~PrivateFolder) != UnixFileMode.None)
        {
            entry.UnixFileMode = mode;
        }
    }

    // Without a generator: the simulation compiles this project by itself.
    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
