namespace SmartRadio.Audio.Files;

/// <summary>
/// A file that appears whole or not at all: written under a name that no other work has, beside the final one, flushed to the
/// disk, then moved. Unless it is kept it goes with this; no other file is written over or deleted.
/// </summary>
public sealed class NewFile : IDisposable
{
    private const string Ending = ".partial";
    private const int BufferBytes = 1 << 16;

    private readonly string _path;
    private bool _isKept;

    /// <param name="path">The final name, in an existing folder.</param>
    /// <param name="isPrivate">Only its owner may read it, from the first byte on: mode 0600.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public NewFile(string path, bool isPrivate = false)
    {
        _path = path;
        PartialPath = $"{path}.{Path.GetRandomFileName()[..8]}{Ending}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferBytes };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        Stream = new FileStream(PartialPath, options);
    }

    /// <summary>Where it lies until it is kept.</summary>
    public string PartialPath { get; }

    public FileStream Stream { get; }

    /// <summary>Whether a file of this name was being written when the program ended.</summary>
    public static bool IsUnfinished(string name) => name.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>Gives the file its final name.</summary>
    /// <param name="replace">In place of an older one.</param>
    /// <exception cref="IOException">The disk is full, or an older one is there that is not to be replaced.</exception>
    public void Keep(bool replace = true) => KeepAs(_path, replace);

    /// <summary>Gives the file another name on the same disk, known only now.</summary>
    /// <inheritdoc cref="Keep"/>
    public void KeepAs(string path, bool replace = true)
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(PartialPath, path, replace);
        _isKept = true;
    }

    public void Dispose()
    {
        if (_isKept)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is about to be deleted.
        }

        File.Delete(PartialPath);
    }
}
