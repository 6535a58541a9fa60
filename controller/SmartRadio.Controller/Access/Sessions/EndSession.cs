using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Sessions;

/// <summary>Signs a person out on other devices. Whatever is asked there next leads to the sign-in page.</summary>
public sealed class EndSession(AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownSession"/>: the person has none with that id; <see cref="Refusal.NotAllowed"/> when no
    /// person asks.
    /// </exception>
    public Task HandleAsync(string id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Own, "session.end", async (change, token) =>
        {
            var owner = change.Own();
            var row = await change.Db.Sessions.SingleOrDefaultAsync(
                session => session.Id == id && session.PersonId == owner, token)
                ?? throw new RefusedException(AccessRefusal.UnknownSession);
            change.Db.Sessions.Remove(row);
            change.Happens(new PersonChanged(owner));
            var account = await change.Db.Users.Where(person => person.Id == owner).Select(person => person.UserName)
                .SingleAsync(token);
            return change.Report(row, $"person {account}", new { row.Address, row.StartedAt });
        }, cancellationToken);

    /// <summary>Ends all but one.</summary>
    /// <param name="kept">The session that goes on; null = none.</param>
    /// <param name="actor">Whose sessions.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is ended then.</param>
    /// <returns>How many were ended.</returns>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/> when no person asks.</exception>
    public Task<int> HandleOthersAsync(string? kept, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Own, "session.end-others", async (change, token) =>
        {
            var owner = change.Own();
            var ended = await change.Db.Sessions.Where(session => session.PersonId == owner && session.Id != kept)
                .ExecuteDeleteAsync(token);
            change.Happens(new PersonChanged(owner));
            var account = await change.Db.Users.Where(person => person.Id == owner).Select(person => person.UserName)
                .SingleAsync(token);
            return change.Report(ended, $"person {account}", new { Ended = ended });
        }, cancellationToken);
}
