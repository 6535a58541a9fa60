using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.People;

/// <summary>Ends one of the person's own keys; it opens nothing from then on.</summary>
public sealed class RevokeApiKey(AuditedChanges changes, LocalTime local)
{
    /// <exception cref="RefusedException"><see cref="Refusal.UnknownApiKey"/>: none of this person's with that id is in use.</exception>
    public Task HandleAsync(long id, Actor actor, CancellationToken cancel) =>
        changes.ApplyAsync(actor, "apikey.revoke", async (db, token) =>
        {
            var row = await db.ApiKeys.SingleOrDefaultAsync(
                key => key.Id == id && key.PersonId == actor.PersonId && key.RevokedAt == null, token)
                ?? throw new RefusedException(Refusal.UnknownApiKey, id);
            row.RevokedAt = local.Now;
            return new ChangeReport<ApiKey>(row, $"apikey {row.Id}", new { row.Name });
        }, cancel);
}
