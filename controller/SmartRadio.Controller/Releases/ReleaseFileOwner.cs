using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Releases;

/// <summary>A release owns an object.</summary>
internal sealed class ReleaseFileOwner(IDbContextFactory<RadioDb> databases) : IFileOwner
{
    public async Task<OwnedFiles> OwnedAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return new OwnedFiles([], await db.Releases.Select(release => release.ObjectId).ToListAsync(cancellationToken));
    }
}
