using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>Keeps a person out at once: sessions, API keys and an unused link end.</summary>
public sealed class DisablePerson(AuditedChanges changes, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownPerson"/>, <see cref="AccessRefusal.LastAdministrator"/>.
    /// </exception>
    public Task HandleAsync(string personId, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "person.disable", async (change, token) =>
        {
            var person = await change.AtPersonAsync(personId, token);
            await change.KeepAdministratorAsync(personId, local.Now, token);
            await InvitationStore.EndAsync(change.Db, personId, token);
            // Whoever is let in again later makes new ones.
            await RevokeApiKey.EndAllAsync(change.Db, personId, local.Now, token);
            person.LockoutEnabled = true;
            person.LockoutEnd = DateTimeOffset.MaxValue;
            person.SecurityStamp = Guid.NewGuid().ToString();
            change.Happens(new PersonChanged(personId));
            return change.Report(person, $"person {person.UserName}", new { });
        }, cancellationToken);
}
