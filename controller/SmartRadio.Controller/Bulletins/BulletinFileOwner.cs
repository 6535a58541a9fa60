using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Bulletins own a folder each, and the objects they are encoded to.</summary>
internal sealed class BulletinFileOwner(IDbContextFactory<RadioDb> databases) : IFileOwner
{
    public async Task<OwnedFiles> OwnedAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var bulletins = await db.Bulletins.Select(bulletin => bulletin.Id).ToListAsync(cancellationToken);
        var objects = await db.Objects.Select(sound => sound.Id).ToListAsync(cancellationToken);
        return new OwnedFiles(bulletins.ConvertAll(id => id.ToString(CultureInfo.InvariantCulture)), objects);
    }
}
