using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Objects;

/// <summary>
/// Clears away at start what a crash left: files come before their database rows, so those without a row belong to nobody.
/// It must run before anything new is made.
/// </summary>
public sealed class OrphanFiles(IEnumerable<IFileOwner> owners, DataFolder data, ILogger<OrphanFiles> logger) : IHostedService
{
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

        Sweep(data.Incoming, []);
        Sweep(data.Bulletins, bulletins);
        Sweep(data.Objects, objects);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Sweep(string folder, HashSet<string> owned)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !owned.Contains(entry.Name)))
        {
            logger.LogInformation("Clearing away {Path}, which an interrupted work left", entry.FullName);
            if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
