using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access;

/// <param name="PersonId">Who gets it.</param>
/// <param name="Role">Which.</param>
/// <param name="AreaId">Where, with all below; null = everywhere.</param>
public sealed record GiveRoleRequest(string PersonId, Role Role, long? AreaId);

/// <summary>
/// Gives a person a role at an area. An administrator gives only what lies within his own; to a person who holds none, only
/// who administers everything.
/// </summary>
public sealed class GiveRole(AuditedChanges changes, RoleLimits limits)
{
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownPerson"/>, <see cref="AccessRefusal.RoleHeld"/>, <see cref="AreaRefusal.UnknownArea"/>,
    /// <see cref="AccessRefusal.TooManyOwnRoles"/>, <see cref="AccessRefusal.TooManyRoles"/>,
    /// <see cref="Refusal.Malformed"/> for the role; <see cref="Refusal.NotAllowed"/>.
    /// </exception>
    public Task<RoleGrant> HandleAsync(GiveRoleRequest request, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "role.give", async (change, token) =>
        {
            change.At(request.AreaId);
            if (!Enum.IsDefined(request.Role))
            {
                throw new RefusedException(Refusal.Malformed, "role");
            }

            var person = await change.Db.Users.FindAsync([request.PersonId], token)
                ?? throw new RefusedException(AccessRefusal.UnknownPerson, request.PersonId);
            if (!await change.Db.Roles.AnyAsync(row => row.PersonId == person.Id, token))
            {
                // Whoever gives the first role can reset the account from then on. Who is invited has one from the beginning.
                change.Everywhere();
            }

            await change.Db.NeedAreaAsync(request.AreaId, token);

            if (await change.Db.Roles.AnyAsync(
                row => row.PersonId == person.Id && row.Role == request.Role && row.AreaId == request.AreaId, token))
            {
                throw new RefusedException(AccessRefusal.RoleHeld, person.DisplayName);
            }

            await limits.CheckRolesAsync(change.Db, person.Id, token);
            var grant = new RoleGrant { PersonId = person.Id, Role = request.Role, AreaId = request.AreaId };
            change.Db.Roles.Add(grant);
            change.Happens(new PersonChanged(person.Id));
            return change.Report(grant, $"person {person.UserName}", new { Role = request.Role.ToString(), request.AreaId });
        }, cancellationToken);
}
