using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Data.Sqlite;
using SmartRadio.Audio.Files;

namespace SmartRadio.Controller.Storage;

/// <summary>
/// Copies all that is worth keeping into one file, while the program may be running: the files, then the database as of one
/// moment, then the files that appeared meanwhile. A file appears before the row that names it, and one whose sound got another
/// form is deleted after the row names the other. Where the copied database names a deleted file, it is copied anew.
/// </summary>
public static class Backup
{
    /// <summary>Forms that a sound gets just between the copy and the look; more in a row are no chance.</summary>
    private const int MostCopies = 10;

    /// <param name="data">The data folder.</param>
    /// <param name="file">The archive (tar, gzip) to make; it holds secrets, so only its owner may read it.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left then.</param>
    /// <returns>Files that rows name and that were not there before either: the archive is as whole as the folder.</returns>
    /// <exception cref="FileNotFoundException">There is no database in the folder.</exception>
    /// <exception cref="IOException">
    /// The archive is there already, or cannot be written; or sounds changed without a pause.
    /// </exception>
    public static Task<IReadOnlyCollection<string>> WriteAsync(string data, string file, CancellationToken cancellationToken) =>
        WriteAsync(data, file, () => Task.CompletedTask, cancellationToken);

    /// <param name="data">As above.</param>
    /// <param name="file">As above.</param>
    /// <param name="meanwhile">Called before and after each copy of the database.</param>
    /// <param name="cancellationToken">As above.</param>
    internal static async Task<IReadOnlyCollection<string>> WriteAsync(
        string data, string file, Func<Task> meanwhile, CancellationToken cancellationToken)
    {
        var database = Path.Combine(data, DataFolder.DatabaseName);
        if (!File.Exists(database))
        {
            throw new FileNotFoundException(null, database);
        }

        using var archive = new NewFile(file, isPrivate: true);
        using var copy = new NewFile(file, isPrivate: true);
        await copy.Stream.DisposeAsync();
        IReadOnlyCollection<string> missing;
        await using (var zipped = new GZipStream(archive.Stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            await using var tar = new TarWriter(zipped);
            var added = new HashSet<string>(StringComparer.Ordinal);
            await AddNewAsync(tar, data, added, cancellationToken);
            missing = await CopyWithFilesAsync(tar, data, (database, copy.PartialPath), added, meanwhile, cancellationToken);
            await tar.WriteEntryAsync(copy.PartialPath, DataFolder.DatabaseName, cancellationToken);
        }

        archive.Keep(replace: false);
        return missing;
    }

    private static async Task<IReadOnlyCollection<string>> CopyWithFilesAsync(
        TarWriter tar, string data, (string From, string To) database, HashSet<string> added, Func<Task> meanwhile,
        CancellationToken cancellationToken)
    {
        HashSet<string>? before = null;
        for (var copies = 0; copies < MostCopies; copies++)
        {
            await File.WriteAllBytesAsync(database.To, [], cancellationToken);
            await meanwhile();
            await CopyAsync(database.From, database.To, cancellationToken);
            await meanwhile();
            await AddNewAsync(tar, data, added, cancellationToken);
            var missing = NamedFiles.Missing(database.To, added.Contains, path => File.Exists(Path.Combine(data, path)));
            // What two copies miss under one name was lost long ago.
            if (missing.Count == 0 || before?.IsSupersetOf(missing) == true)
            {
                return missing;
            }

            before = missing;
        }

        throw new IOException("Sounds are given another form all the time.");
    }

    private static async Task AddNewAsync(TarWriter tar, string data, HashSet<string> added, CancellationToken cancellationToken)
    {
        foreach (var path in DataFolder.BackedUp.Select(name => Path.Combine(data, name)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
        {
            var name = Path.GetRelativePath(data, path).Replace(Path.DirectorySeparatorChar, '/');
            if (!added.Contains(name) && await AddAsync(tar, path, name, cancellationToken))
            {
                added.Add(name);
            }
        }
    }

    private static async Task<bool> AddAsync(TarWriter tar, string path, string name, CancellationToken cancellationToken)
    {
        try
        {
            await tar.WriteEntryAsync(path, name, cancellationToken);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Taken back meanwhile: then no row names it, or a copy that is made anew names another.
            return false;
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
