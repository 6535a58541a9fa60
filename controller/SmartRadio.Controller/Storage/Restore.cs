using System.Formats.Tar;
using System.IO.Compression;
using SmartRadio.Audio.Files;

namespace SmartRadio.Controller.Storage;

/// <summary>Brings back what <see cref="Backup"/> wrote. The folder appears whole and checked, or not at all.</summary>
public static class Restore
{
    /// <param name="file">The archive.</param>
    /// <param name="folder">Where to; it does not exist, or is empty.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left then.</param>
    /// <returns>How many files came back.</returns>
    /// <exception cref="IOException">The folder holds something, the archive cannot be read, or the disk is full.</exception>
    /// <exception cref="InvalidDataException">The archive is none of ours, cut off, or damaged.</exception>
    /// <exception cref="DataFaultException">What it holds is no sound data folder.</exception>
    public static async Task<int> ReadAsync(string file, string folder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException("The folder is not empty.");
        }

        var partial = $"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))}.{Path.GetRandomFileName()[..8]}.partial";
        DataRights.KeepPrivate();
        Directory.CreateDirectory(partial);
        try
        {
            var files = await ExtractAsync(file, partial, cancellationToken);
            DataCheck.Check(partial);
            DataRights.Tighten(partial);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder);
            }

            Directory.Move(partial, folder);
            return files;
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }

    private static async Task<int> ExtractAsync(string file, string folder, CancellationToken cancellationToken)
    {
        await using var archive = File.OpenRead(file);
        await using var plain = new GZipStream(archive, CompressionMode.Decompress);
        await using var tar = new TarReader(plain);
        var files = 0;
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !IsOurs(entry.Name))
            {
                throw new InvalidDataException($"The archive holds {entry.Name}, which no back-up does.");
            }

            var path = Path.Combine(folder, entry.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var kept = new NewFile(path, isPrivate: true);
            await (entry.DataStream ?? Stream.Null).CopyToAsync(kept.Stream, cancellationToken);
            kept.Keep(replace: false);
            files++;
        }

        return File.Exists(Path.Combine(folder, DataFolder.DatabaseName))
            ? files
            : throw new InvalidDataException("The archive holds no database.");
    }

    // A name that leads elsewhere is a hostile archive's.
    private static bool IsOurs(string name)
    {
        var parts = name.Split('/');
        return name == DataFolder.DatabaseName
            || (parts.Length > 1 && DataFolder.BackedUp.Contains(parts[0], StringComparer.Ordinal)
                && parts.All(part => part is not ("" or "." or "..") && !part.Contains('\\', StringComparison.Ordinal)));
    }
}
