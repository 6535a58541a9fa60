using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>Lets a person in again who was kept out; password, roles and keys are as they were.</summary>
public sealed class EnablePerson(AuditedChanges changes)
{
    /// <exception cref="RefusedException"><see cref="AccessRefusal.UnknownPerson"/>.</exception>
    public Task HandleAsync(string personId, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "person.enable", async (change, token) =>
        {
            var person = await change.AtPersonAsync(personId, token);
            person.LockoutEnd = null;
            change.Happens(new PersonChanged(personId));
            return change.Report(person, $"person {person.UserName}", new { });
        }, cancellationToken);
}
