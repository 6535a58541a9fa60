using System.Text;

namespace SmartRadio.Controller.Storage;

/// <summary>A file only its owner may read, for secrets. It appears whole or not at all.</summary>
public static class PrivateFile
{
    public static async Task WriteAsync(string path, string text, CancellationToken cancel)
    {
        var partial = path + ".partial";
        File.Delete(partial);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var stream = new FileStream(partial, options))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }
}
