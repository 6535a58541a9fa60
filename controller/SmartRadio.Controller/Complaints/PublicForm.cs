using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <summary>
/// Whether residents of an area may complain without an account. It holds for all below that say nothing of their own; where
/// nobody says anything, they may not.
/// </summary>
public sealed class PublicForm
{
    public long AreaId { get; set; }

    public bool IsOpen { get; set; }

    /// <summary>What the nearest area upwards says.</summary>
    internal static async Task<bool> IsOpenAsync(RadioDb db, long area, CancellationToken cancellationToken)
    {
        // One step a query: the whole tree would be read for each stranger.
        for (long? at = area; at is { } id;)
        {
            if (await db.PublicForms.AsNoTracking().FirstOrDefaultAsync(form => form.AreaId == id, cancellationToken) is { } form)
            {
                return form.IsOpen;
            }

            at = await db.Areas.Where(each => each.Id == id).Select(each => each.ParentId)
                .FirstOrDefaultAsync(cancellationToken);
        }

        return false;
    }
}
