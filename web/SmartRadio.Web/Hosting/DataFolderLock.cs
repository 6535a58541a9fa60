using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Hosting;

/// <summary>Holds the data folder for this process: two programs on one database would undo each other's work.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _lock;

    private DataFolderLock(string folder, FileStream held) => (Folder, _lock) = (folder, held);

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }

    /// <exception cref="StartFailure">The folder cannot be written, or another process holds it.</exception>
    public static DataFolderLock Take(string folder)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            DataRights.KeepPrivate();
            Directory.CreateDirectory(path);
            // The lock goes with the process, however that ends.
            var held = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            DataRights.Tighten(path);
            return new(path, held);
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
