using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Audio.Files;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Objects;

/// <summary>
/// Clears up at start what a crash left. Files come before their database rows, so those without a row belong to nobody: they are
/// moved aside, not deleted. Only unfinished files of the program's own are deleted. It must run before anything new is made.
/// </summary>
public sealed class OrphanFiles(IEnumerable<IFileOwner> owners, DataFolder data, LocalTime local, ILogger<OrphanFiles> logger)
    : IHostedService
{
    /// <summary>A crash leaves one or two. So many without a row mean that the database is not theirs.</summary>
    internal const int Explicable = 16;

    /// <exception cref="DataFaultException"><see cref="DataFault.DatabaseForeign"/>; nothing was moved.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var bulletins = new HashSet<string>(StringComparer.Ordinal);
        var objects = new HashSet<string>(StringComparer.Ordinal);
        foreach (var owner in owners)
        {
            var owned = await owner.OwnedAsync(cancellationToken);
            bulletins.UnionWith(owned.Bulletins);
            objects.UnionWith(owned.Objects);
        }

        var orphans = Orphans(data.Bulletins, bulletins).Concat(Orphans(data.Objects, objects)).ToList();
        if (orphans.Count > Explicable && orphans.Count > bulletins.Count + objects.Count)
        {
            throw new DataFaultException(DataFault.DatabaseForeign, data.Root);
        }

        foreach (var upload in new DirectoryInfo(data.Incoming).EnumerateFileSystemInfos())
        {
            Delete(upload);
        }

        foreach (var orphan in orphans)
        {
            MoveAside(orphan);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private List<FileSystemInfo> Orphans(string folder, HashSet<string> owned)
    {
        var found = new List<FileSystemInfo>();
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !owned.Contains(entry.Name)))
        {
            if (NewFile.IsUnfinished(entry.Name))
            {
                Delete(entry);
            }
            else
            {
                found.Add(entry);
            }
        }

        return found;
    }

    private void Delete(FileSystemInfo entry)
    {
        logger.LogInformation("Deleting {Path}, which an interrupted work left unfinished", entry.FullName);
        if (entry is DirectoryInfo directory)
        {
            directory.Delete(recursive: true);
        }
        else
        {
            entry.Delete();
        }
    }

    private void MoveAside(FileSystemInfo entry)
    {
        var folder = Path.Combine(
            data.Aside, $"{local.Of(local.Now):yyyyMMdd-HHmmss}", Path.GetFileName(Path.GetDirectoryName(entry.FullName)!));
        Directory.CreateDirectory(folder);
        var target = Path.Combine(folder, entry.Name);
        logger.LogWarning("{Path} belongs to no row of the database and is moved to {Target}", entry.FullName, target);
        Directory.Move(entry.FullName, target);
    }
}
