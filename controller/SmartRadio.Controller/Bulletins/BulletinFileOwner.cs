using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Bulletins own a folder each, and the objects they are encoded to.</summary>
internal sealed class BulletinFileOwner(IDbContextFactory<RadioDb> databases) : IFileOwner
{
    public async Task<OwnedFiles> OwnedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bulletins = await db.Bulletins.Select(bulletin => bulletin.Id).ToListAsync(cancel);
        var objects = await db.Objects.Select(sound => sound.Id).ToListAsync(cancel);
        return new OwnedFiles(bulletins.ConvertAll(id => id.ToString(CultureInfo.InvariantCulture)), objects);
    }
}
