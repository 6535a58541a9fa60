using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Areas;

/// <summary>Reads the tree of areas.</summary>
public sealed class AreaQuery(IDbContextFactory<RadioDb> databases)
{
    public async Task<AreaTree> LoadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await LoadAsync(db, cancel);
    }

    /// <summary>The tree as a change in progress sees it.</summary>
    public static async Task<AreaTree> LoadAsync(RadioDb db, CancellationToken cancel) =>
        new(await db.Areas.AsNoTracking().ToListAsync(cancel));
}
