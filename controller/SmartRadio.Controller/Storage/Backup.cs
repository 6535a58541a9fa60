using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Data.Sqlite;

namespace SmartRadio.Controller.Storage;

/// <summary>
/// Copies all that is worth keeping into one file, while the program may be running: the database as of one moment, then the
/// files its rows name. Files appear before the rows that name them and are not changed afterwards, so what the copied rows
/// name is there.
/// </summary>
public static class Backup
{
    private static readonly string[] Folders = ["keys", "bulletins", "objects"];

    /// <param name="data">The data folder.</param>
    /// <param name="file">The archive (tar, gzip) to make; it holds secrets, so only its owner may read it.</param>
    /// <param name="cancel">Ends the work; nothing is left then.</param>
    /// <exception cref="FileNotFoundException">There is no database in the folder.</exception>
    /// <exception cref="IOException">The archive is there already, or cannot be written.</exception>
    public static async Task WriteAsync(string data, string file, CancellationToken cancel)
    {
        var database = Path.Combine(data, DataFolder.DatabaseName);
        if (!File.Exists(database))
        {
            throw new FileNotFoundException(null, database);
        }

        var partial = file + ".partial";
        var copy = file + ".db";
        try
        {
            await using (var archive = Private(partial))
            {
                await CopyAsync(database, copy, cancel);
                await using var zipped = new GZipStream(archive, CompressionLevel.Fastest);
                await using var tar = new TarWriter(zipped);
                await tar.WriteEntryAsync(copy, DataFolder.DatabaseName, cancel);
                foreach (var path in Folders.Select(name => Path.Combine(data, name)).Where(Directory.Exists)
                    .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
                {
                    await AddAsync(tar, data, path, cancel);
                }
            }

            File.Move(partial, file);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(partial);
        }
    }

    private static async Task AddAsync(TarWriter tar, string data, string path, CancellationToken cancel)
    {
        try
        {
            await tar.WriteEntryAsync(path, Path.GetRelativePath(data, path), cancel);
        }
        catch (FileNotFoundException)
        {
            // Taken back meanwhile: then no row names it.
        }
    }

    /// <summary>A copy as of one moment, whoever writes meanwhile.</summary>
    private static async Task CopyAsync(string database, string copy, CancellationToken cancel)
    {
        await Private(copy).DisposeAsync();
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "vacuum into $copy";
        command.Parameters.AddWithValue("$copy", copy);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static FileStream Private(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
