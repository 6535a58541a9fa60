using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Areas;

/// <summary>What the names of areas look like, as stored.</summary>
internal sealed class AreaLooks : IDerivedColumns
{
    public async Task RenewAsync(RadioDb db, CancellationToken cancellationToken)
    {
        var areas = await db.Areas.Select(area => new { area.Id, area.Level, area.Name, area.Look })
            .ToListAsync(cancellationToken);
        foreach (var area in areas)
        {
            var look = NameLook.Of($"{area.Level} {area.Name}");
            if (look != area.Look)
            {
                await db.Areas.Where(row => row.Id == area.Id)
                    .ExecuteUpdateAsync(row => row.SetProperty(each => each.Look, look), cancellationToken);
            }
        }
    }
}
