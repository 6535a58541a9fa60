using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>
/// Gives a person a new link. The old password, the second factor and what was signed in with them end at once.
/// </summary>
public sealed class ResetPerson(AuditedChanges changes, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownPerson"/>, <see cref="AccessRefusal.PersonDisabled"/>,
    /// <see cref="AccessRefusal.LastAdministrator"/>; <see cref="Refusal.NotAllowed"/> for the person of the asking key too.
    /// </exception>
    public Task<NewInvitation> HandleAsync(string personId, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "person.reset", async (change, token) =>
        {
            // A key may do less than its person, and would else become the person.
            if (actor.KeyId is not null && actor.PersonId == personId)
            {
                throw new RefusedException(Refusal.NotAllowed);
            }

            var person = await change.AtPersonAsync(personId, token);
            if (person.LockoutEnd > local.Now)
            {
                throw new RefusedException(AccessRefusal.PersonDisabled, person.DisplayName);
            }

            await change.KeepAdministratorAsync(personId, local.Now, token);
            person.PasswordHash = null;
            await PrintedPassword.ForgetAsync(change.Db, personId, token);
            // Whoever lost the phone comes in by the link as well.
            await PersonStore.ForgetSecondFactorAsync(change.Db, person, token);
            person.SecurityStamp = Guid.NewGuid().ToString();
            var made = await InvitationStore.MakeAsync(change.Db, person, local.Now, token);
            change.Happens(new PersonChanged(personId));
            return change.Report(made, $"person {person.UserName}", new { });
        }, cancellationToken);
}
