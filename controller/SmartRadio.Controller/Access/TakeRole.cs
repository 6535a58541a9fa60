using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access;

/// <summary>Takes a role from a person again.</summary>
public sealed class TakeRole(AuditedChanges changes)
{
    /// <exception cref="RefusedException"><see cref="AccessRefusal.UnknownRole"/>, <see cref="AccessRefusal.LastAdministrator"/>.</exception>
    public Task HandleAsync(long grantId, Actor actor, CancellationToken cancel) =>
        changes.ApplyAsync(actor, Right.Administer, "role.take", async (change, token) =>
        {
            var grant = await change.Db.Roles.FindAsync([grantId], token) ?? throw new RefusedException(AccessRefusal.UnknownRole, grantId);
            change.At(grant.AreaId);
            if (grant is { Role: Role.Administrator, AreaId: null } && !await change.Db.Roles.AnyAsync(
                row => row.Role == Role.Administrator && row.AreaId == null && row.Id != grantId, token))
            {
                throw new RefusedException(AccessRefusal.LastAdministrator);
            }

            change.Db.Roles.Remove(grant);
            change.Happens(new PersonChanged(grant.PersonId));
            return change.Report(grant, $"person {grant.PersonId}", new { Role = grant.Role.ToString(), grant.AreaId });
        }, cancel);
}
