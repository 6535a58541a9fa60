using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Access.ApiKeys;

/// <summary>Ends one of the person's own keys; it opens nothing from then on.</summary>
public sealed class RevokeApiKey(AuditedChanges changes, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownApiKey"/>: none of this person's with that id is in use.
    /// </exception>
    public Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Own, "apikey.revoke", async (change, token) =>
        {
            var owner = change.Own();
            var row = await change.Db.ApiKeys.SingleOrDefaultAsync(
                key => key.Id == id && key.PersonId == owner && key.RevokedAt == null, token)
                ?? throw new RefusedException(AccessRefusal.UnknownApiKey, id);
            row.RevokedAt = local.Now;
            return change.Report(row, $"apikey {row.Id}", new { row.Name });
        }, cancellationToken);
}
