using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access;

/// <summary>How many people there may be, and how many roles: a change reads those of whoever asks.</summary>
public sealed class RoleLimits(IOptions<LimitOptions> limits)
{
    /// <exception cref="RefusedException"><see cref="AccessRefusal.TooManyPeople"/>.</exception>
    public async Task CheckPeopleAsync(RadioDb db, CancellationToken cancellationToken)
    {
        if (await db.Users.CountAsync(cancellationToken) >= limits.Value.People)
        {
            throw new RefusedException(AccessRefusal.TooManyPeople, limits.Value.People);
        }
    }

    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.TooManyOwnRoles"/>, <see cref="AccessRefusal.TooManyRoles"/>.
    /// </exception>
    public async Task CheckRolesAsync(RadioDb db, string personId, CancellationToken cancellationToken)
    {
        if (await db.Roles.CountAsync(grant => grant.PersonId == personId, cancellationToken) >= limits.Value.PersonRoles)
        {
            throw new RefusedException(AccessRefusal.TooManyOwnRoles, limits.Value.PersonRoles);
        }

        if (await db.Roles.CountAsync(cancellationToken) >= limits.Value.Roles)
        {
            throw new RefusedException(AccessRefusal.TooManyRoles, limits.Value.Roles);
        }
    }
}
