using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Areas;

/// <summary>Reads the tree of areas.</summary>
public sealed class AreaQuery(IDbContextFactory<RadioDb> databases)
{
    public async Task<AreaTree> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await LoadAsync(db, cancellationToken);
    }

    /// <summary>An area and all below it, as a filter; null for null.</summary>
    /// <exception cref="RefusedException">There is no such area.</exception>
    public async Task<IReadOnlyCollection<long>?> WithinAsync(long? area, CancellationToken cancellationToken)
    {
        if (area is not { } id)
        {
            return null;
        }

        var within = (await LoadAsync(cancellationToken)).WithDescendants([id]);
        return within.Count > 0 ? within : throw new RefusedException(AreaRefusal.UnknownArea, id);
    }

    /// <summary>The tree as a change in progress sees it.</summary>
    public static async Task<AreaTree> LoadAsync(RadioDb db, CancellationToken cancellationToken) =>
        new(await db.Areas.AsNoTracking().ToListAsync(cancellationToken));
}
