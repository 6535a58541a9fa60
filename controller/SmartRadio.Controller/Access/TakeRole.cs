using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access;

/// <summary>Takes a role from a person again.</summary>
public sealed class TakeRole(AuditedChanges changes, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownRole"/>: the person holds none with that number;
    /// <see cref="AccessRefusal.LastAdministrator"/>.
    /// </exception>
    public Task HandleAsync(string personId, long grantId, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "role.take", async (change, token) =>
        {
            // Whoever administers nothing does not learn which roles there are.
            change.WithinScope();
            var grant = await change.Db.Roles.SingleOrDefaultAsync(row => row.Id == grantId && row.PersonId == personId, token)
                ?? throw new RefusedException(AccessRefusal.UnknownRole, grantId);
            change.At(grant.AreaId);
            if (grant is { Role: Role.Administrator, AreaId: null })
            {
                await change.KeepAdministratorAsync(personId, local.Now, token);
            }

            var person = await change.Db.Users.SingleAsync(row => row.Id == personId, token);
            change.Db.Roles.Remove(grant);
            change.Happens(new PersonChanged(personId));
            return change.Report(grant, $"person {person.UserName}", new { Role = grant.Role.ToString(), grant.AreaId });
        }, cancellationToken);
}
