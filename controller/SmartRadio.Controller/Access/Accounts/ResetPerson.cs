using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Accounts;

/// <param name="PersonId">Who.</param>
/// <param name="EndsSecondFactor">The phone is lost too: the next sign-in takes the password alone.</param>
public sealed record ResetPersonRequest(string PersonId, bool EndsSecondFactor)
{
    /// <summary>Whoever had the password may have made API keys: all of the person's end.</summary>
    public bool EndsApiKeys { get; init; }
}

/// <summary>
/// Gives a person a new link. The old password and the sessions end at once. The second factor stays, and is asked for after the
/// new password is chosen, unless the administrator says that it is lost too. So do API keys, unless the administrator ends them.
/// </summary>
public sealed class ResetPerson(AuditedChanges changes, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownPerson"/>, <see cref="AccessRefusal.PersonDisabled"/>,
    /// <see cref="AccessRefusal.LastAdministrator"/>; <see cref="Refusal.NotAllowed"/> for the person of the asking key too.
    /// </exception>
    public Task<NewInvitation> HandleAsync(ResetPersonRequest request, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "person.reset", async (change, token) =>
        {
            var personId = request.PersonId;
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
            var ends = request.EndsSecondFactor && person.TwoFactorEnabled;
            if (ends)
            {
                await PersonStore.ForgetSecondFactorAsync(change.Db, person, token);
            }

            var keys = request.EndsApiKeys ? await RevokeApiKey.EndAllAsync(change.Db, personId, local.Now, token) : 0;
            person.SecurityStamp = Guid.NewGuid().ToString();
            var made = await InvitationStore.MakeAsync(change.Db, person, local.Now, token);
            change.Happens(new PersonChanged(personId));
            return change.Report(made, $"person {person.UserName}", new { SecondFactorEnded = ends, KeysEnded = keys });
        }, cancellationToken);
}
