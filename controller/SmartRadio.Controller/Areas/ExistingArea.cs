using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Areas;

/// <summary>An area that a request names must be there: who may do something everywhere may not do it nowhere.</summary>
public static class ExistingArea
{
    /// <summary>Checks that the area exists today; null, all together, always does.</summary>
    /// <exception cref="RefusedException"><see cref="AreaRefusal.UnknownArea"/>.</exception>
    public static async Task NeedAreaAsync(this RadioDb db, long? area, CancellationToken cancellationToken)
    {
        if (area is { } id && !await db.Areas.AnyAsync(row => row.Id == id && row.ValidTo == null, cancellationToken))
        {
            throw new RefusedException(AreaRefusal.UnknownArea, id);
        }
    }
}
