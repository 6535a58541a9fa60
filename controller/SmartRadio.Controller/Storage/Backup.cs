using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Data.Sqlite;
using SmartRadio.Audio.Files;

namespace SmartRadio.Controller.Storage;

/// <summary>
/// Copies all that is worth keeping into one file, while the program may be running: the database as of one moment, then the
/// files its rows name. Files appear before the rows that name them and are not changed afterwards, so what the copied rows
/// name is there.
/// </summary>
public static class Backup
{
    /// <param name="data">The data folder.</param>
    /// <param name="file">The archive (tar, gzip) to make; it holds secrets, so only its owner may read it.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left then.</param>
    /// <exception cref="FileNotFoundException">There is no database in the folder.</exception>
    /// <exception cref="IOException">The archive is there already, or cannot be written.</exception>
    public static async Task WriteAsync(string data, string file, CancellationToken cancellationToken)
    {
        var database = Path.Combine(data, DataFolder.DatabaseName);
        if (!File.Exists(database))
        {
            throw new FileNotFoundException(null, database);
        }

        using var archive = new NewFile(file, isPrivate: true);
        using var copy = new NewFile(file, isPrivate: true);
        await copy.Stream.DisposeAsync();
        await CopyAsync(database, copy.PartialPath, cancellationToken);
        await using (var zipped = new GZipStream(archive.Stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            await using var tar = new TarWriter(zipped);
            await tar.WriteEntryAsync(copy.PartialPath, DataFolder.DatabaseName, cancellationToken);
            foreach (var path in DataFolder.BackedUp.Select(name => Path.Combine(data, name)).Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
            {
                await AddAsync(tar, data, path, cancellationToken);
            }
        }

        archive.Keep(replace: false);
    }

    private static async Task AddAsync(TarWriter tar, string data, string path, CancellationToken cancellationToken)
    {
        try
        {
            await tar.WriteEntryAsync(path, Path.GetRelativePath(data, path), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            // Taken back meanwhile: then no row names it.
        }
    }

    /// <summary>Writes a copy as of one moment, whoever writes meanwhile, into an empty file.</summary>
    internal static async Task CopyAsync(string database, string copy, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "vacuum into $copy";
        command.Parameters.AddWithValue("$copy", copy);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
