using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Hosting;

/// <summary>backup FILE [--data DIR]: copies all data into one file, beside the running program.</summary>
internal static class BackupCommand
{
    public const string Name = "backup";

    /// <exception cref="StartFailure">It was not done; the sentence says why.</exception>
    public static async Task RunAsync(string[] arguments)
    {
        if (arguments is not [var file, .. var rest] || file.StartsWith('-'))
        {
            throw StartFailure.BadValue(Name, "FILE");
        }

        var data = CommandLine.DataFolder(rest);
        try
        {
            foreach (var lost in await Backup.WriteAsync(data, file, CancellationToken.None))
            {
                await Console.Error.WriteLineAsync($"Thư mục dữ liệu thiếu tệp / the data folder lacks {lost}");
            }
        }
        catch (FileNotFoundException)
        {
            throw StartFailure.NoData(Path.GetFullPath(data));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StartFailure.BackupFile(file, error);
        }

        Console.WriteLine($"Đã sao lưu / backed up: {Path.GetFullPath(file)}");
        Console.WriteLine("Khôi phục vào thư mục trống / restore into an empty folder: ./run restore FILE --data DIR");
    }
}
