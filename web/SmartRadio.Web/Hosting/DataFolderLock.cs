using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Hosting;

/// <summary>Holds the data folder for this process: two programs on one database would undo each other's work.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _lock;

    private DataFolderLock(FileStream held) => _lock = held;

    /// <exception cref="StartFailure">The folder cannot be written, or another process holds it.</exception>
    public static DataFolderLock Take(string folder)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);
            // The lock goes with the process, however that ends.
            return new(new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(Path.Combine(path, "lock")))
        {
            throw StartFailure.DataFolderInUse(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StartFailure.DataFolder(path, error);
        }
    }

    public void Dispose() => _lock.Dispose();
}
