using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// Has an approved bulletin aired no more: what is planned of it is cancelled, and nothing new is made of it. What sounds already
/// sounds on; to stop it is another command.
/// </summary>
public sealed class WithdrawBulletin(AuditedChanges changes, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.UnknownBulletin"/>, <see cref="BulletinRefusal.NotApproved"/>,
    /// <see cref="BulletinRefusal.BulletinWithdrawn"/>.
    /// </exception>
    public Task<Bulletin> HandleAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Approve, "bulletin.withdraw", async (change, token) =>
        {
            var bulletin = await change.Db.Bulletins.Include(row => row.Parts).SingleOrDefaultAsync(row => row.Id == id, token)
                ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
            change.At(bulletin.AreaId);
            if (bulletin.State == BulletinState.Withdrawn)
            {
                throw new RefusedException(BulletinRefusal.BulletinWithdrawn, id);
            }

            if (!bulletin.IsApproved)
            {
                throw new RefusedException(BulletinRefusal.NotApproved, bulletin.Title);
            }

            (bulletin.WithdrawnById, bulletin.WithdrawnAt) = (change.Actor.PersonId, local.Now);
            change.Happens(new BulletinChanged(id));
            change.Happens(new BulletinWithdrawn(id));
            return change.Report(bulletin, $"bulletin {id}", new { bulletin.Title, bulletin.Hash });
        }, cancellationToken);
}
