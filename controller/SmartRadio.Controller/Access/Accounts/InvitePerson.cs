using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Accounts;

/// <param name="UserName">To sign in with: letters, digits and "-._@+".</param>
/// <param name="DisplayName">As shown on screens; one line.</param>
/// <param name="Role">What the person is at first.</param>
/// <param name="AreaId">Where, with all below; null = everywhere.</param>
public sealed record InvitePersonRequest(string UserName, string DisplayName, Role Role, long? AreaId);

/// <summary>Adds a person, who chooses a password by a link that works once. Whoever invites never knows it.</summary>
public sealed class InvitePerson(IServiceScopeFactory scopes, AuditedChanges changes, LocalTime local, RoleLimits limits)
{
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NameMissing"/>, <see cref="Refusal.NameTooLong"/>, <see cref="Refusal.ControlCharacters"/>,
    /// <see cref="PersonRefusal.UserNameTaken"/>, <see cref="PersonRefusal.NameLooksTaken"/> for a name like another's,
    /// <see cref="AreaRefusal.UnknownArea"/>, <see cref="AccessRefusal.TooManyPeople"/>,
    /// <see cref="AccessRefusal.TooManyRoles"/>, <see cref="Refusal.Malformed"/> for the role and for other characters in
    /// the user name.
    /// </exception>
    public async Task<NewInvitation> HandleAsync(InvitePersonRequest request, Actor actor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var person = NewPerson.Of(
            scope.ServiceProvider.GetRequiredService<UserManager<Person>>(), request.UserName, request.DisplayName);
        return await changes.ApplyAsync(actor, Right.Administer, "person.invite", async (change, token) =>
        {
            var db = change.Db;
            change.At(request.AreaId);
            if (!Enum.IsDefined(request.Role))
            {
                throw new RefusedException(Refusal.Malformed, "role");
            }

            await db.NeedAreaAsync(request.AreaId, token);

            if (await db.Users.AnyAsync(other => other.NormalizedUserName == person.NormalizedUserName, token))
            {
                throw new RefusedException(PersonRefusal.UserNameTaken, person.UserName!);
            }

            await NewPerson.RefuseAlikeAsync(db, person, token);
            await limits.CheckPeopleAsync(db, token);
            await limits.CheckRolesAsync(db, person.Id, token);
            db.Users.Add(person);
            db.Roles.Add(new RoleGrant { PersonId = person.Id, Role = request.Role, AreaId = request.AreaId });
            var made = await InvitationStore.MakeAsync(db, person, local.Now, token);
            change.Happens(new PersonChanged(person.Id));
            return change.Report(
                made, $"person {person.UserName}", new { person.DisplayName, Role = request.Role.ToString(), request.AreaId });
        }, cancellationToken);
    }
}
