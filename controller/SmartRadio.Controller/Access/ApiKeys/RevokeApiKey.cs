using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.ApiKeys;

/// <summary>Ends a key; it opens nothing from then on.</summary>
public sealed class RevokeApiKey(AuditedChanges changes, LocalTime local)
{
    /// <summary>Ends one of the person's own.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownApiKey"/>: none of this person's with that id is in use.
    /// </exception>
    public Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Own, "apikey.revoke", async (change, token) =>
        {
            var row = await EndAsync(change, change.Own(), id, token);
            return change.Report(row, $"apikey {row.Id}", new { row.Name });
        }, cancellationToken);

    /// <summary>Ends one of another person's, as whoever administers that person.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownPerson"/>, <see cref="AccessRefusal.UnknownApiKey"/>, <see cref="Refusal.NotAllowed"/>.
    /// </exception>
    public Task HandleAsync(string personId, long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "apikey.end", async (change, token) =>
        {
            var person = await change.AtPersonAsync(personId, token);
            var row = await EndAsync(change, personId, id, token);
            return change.Report(row, $"apikey {row.Id}", new { row.Name, Owner = person.UserName });
        }, cancellationToken);

    /// <summary>Ends all of a person's, as a part of a change in progress.</summary>
    /// <returns>How many.</returns>
    internal static Task<int> EndAllAsync(
        RadioDb db, string personId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.ApiKeys.Where(key => key.PersonId == personId && key.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.RevokedAt, now), cancellationToken);

    private async Task<ApiKey> EndAsync(Change change, string owner, long id, CancellationToken cancellationToken)
    {
        var row = await change.Db.ApiKeys.SingleOrDefaultAsync(
            key => key.Id == id && key.PersonId == owner && key.RevokedAt == null, cancellationToken)
            ?? throw new RefusedException(AccessRefusal.UnknownApiKey, id);
        row.RevokedAt = local.Now;
        return row;
    }
}
