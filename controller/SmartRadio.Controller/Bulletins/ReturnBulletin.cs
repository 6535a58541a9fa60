using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Sends a bulletin back to its author, saying what to mend. Whoever mends it has it heard again.</summary>
public sealed class ReturnBulletin(AuditedChanges changes, LocalTime local)
{
    /// <summary>Most characters of a remark.</summary>
    public const int LongestRemark = 500;

    /// <param name="id">One that is not approved.</param>
    /// <param name="remark">One line, at most <see cref="LongestRemark"/> characters.</param>
    /// <param name="actor">Who may approve it.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is changed then.</param>
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.RemarkMissing"/>, <see cref="BulletinRefusal.RemarkTooLong"/>,
    /// <see cref="BulletinRefusal.UnknownBulletin"/>, <see cref="BulletinRefusal.AlreadyApproved"/>,
    /// <see cref="BulletinRefusal.BulletinWithdrawn"/>.
    /// </exception>
    public Task<Bulletin> HandleAsync(long id, string? remark, Actor actor, CancellationToken cancellationToken)
    {
        var words = PlainText.Words(remark, LongestRemark)
            ?? throw new RefusedException(BulletinRefusal.RemarkTooLong, LongestRemark);
        return changes.ApplyAsync(actor, Right.Approve, "bulletin.return", async (change, token) =>
        {
            var bulletin = await change.Db.Bulletins.Include(row => row.Parts).SingleOrDefaultAsync(row => row.Id == id, token)
                ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
            change.At(bulletin.AreaId);
            bulletin.CheckOpen();
            if (words.Length == 0)
            {
                throw new RefusedException(BulletinRefusal.RemarkMissing);
            }

            (bulletin.ReturnedById, bulletin.ReturnedAt, bulletin.Remark) = (change.Actor.PersonId, local.Now, words);
            change.Happens(new BulletinChanged(id));
            return change.Report(bulletin, $"bulletin {id}", new { bulletin.Hash, bulletin.Remark });
        }, cancellationToken);
    }
}
