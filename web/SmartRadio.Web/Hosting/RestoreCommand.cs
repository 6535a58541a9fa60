using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Hosting;

/// <summary>restore FILE --data DIR: brings a back-up into an empty folder, checked.</summary>
internal static class RestoreCommand
{
    public const string Name = "restore";

    /// <exception cref="StartFailure">It was not done; the sentence says why.</exception>
    public static async Task RunAsync(string[] arguments)
    {
        if (arguments is not [var file, .. var rest] || file.StartsWith('-'))
        {
            throw StartFailure.BadValue(Name, "FILE");
        }

        var folder = Path.GetFullPath(CommandLine.DataFolder(rest));
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw StartFailure.NotEmpty(folder);
        }

        try
        {
            var files = await Restore.ReadAsync(file, folder, CancellationToken.None);
            Console.WriteLine($"Đã khôi phục {files} tệp / restored {files} files: {folder}");
        }
        catch (Exception error)
            when (error is IOException or InvalidDataException or UnauthorizedAccessException or DataFaultException)
        {
            throw StartFailure.Archive(file, error.Message, error);
        }
    }
}
