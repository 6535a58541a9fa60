namespace SmartRadio.Audio.Files;

/// <summary>
/// A file that appears whole or not at all: written under a name of its own beside the final one, flushed to the disk, then moved.
/// One left by a crash is written over by the next attempt.
/// </summary>
internal sealed class NewFile : IDisposable
{
    private readonly string path;
    private readonly string partialPath;
    private bool kept;

    /// <exception cref="IOException">The file cannot be made, or another is being written for the same name.</exception>
    public NewFile(string path)
    {
        this.path = path;
        partialPath = path + ".partial";
        Stream = new FileStream(partialPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    }

    public FileStream Stream { get; }

    /// <summary>Gives the file its final name, in place of an older one.</summary>
    public void Keep()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(partialPath, path, overwrite: true);
        kept = true;
    }

    public void Dispose()
    {
        if (kept)
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

        File.Delete(partialPath);
    }
}
