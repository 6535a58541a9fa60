using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access;

/// <summary>A role as a screen shows it.</summary>
/// <param name="AreaName">Null = everywhere.</param>
public sealed record RoleRow(long Id, string PersonId, Role Role, long? AreaId, string? AreaName);

/// <summary>Reads roles and rights for screens.</summary>
public sealed class AccessQuery(IDbContextFactory<RadioDb> databases, IRights rights)
{
    /// <summary>All that somebody may do now.</summary>
    public async Task<Grants> GrantsAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await rights.OfAsync(db, actor, cancellationToken);
    }

    /// <summary>The roles that some people hold, by person.</summary>
    public async Task<ILookup<string, RoleRow>> RolesAsync(
        IReadOnlyCollection<string> people, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from grant in db.Roles.AsNoTracking()
            where people.Contains(grant.PersonId)
            join area in db.Areas on grant.AreaId equals area.Id into areas
            from area in areas.DefaultIfEmpty()
            orderby grant.Role, area.Name
            select new RoleRow(grant.Id, grant.PersonId, grant.Role, grant.AreaId, area.Name)).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.PersonId, StringComparer.Ordinal);
    }
}
