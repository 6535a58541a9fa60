using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Which bulletin somebody may have heard where.</summary>
public sealed class HeardBulletin(IRights rights)
{
    /// <summary>Finds one that the actor may see.</summary>
    /// <exception cref="RefusedException"><see cref="BulletinRefusal.UnknownBulletin"/>.</exception>
    public static async Task<Bulletin> FindAsync(Change change, long id, CancellationToken cancellationToken) =>
        await BulletinQuery.Seen(change.Db, change.Seen).FirstOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);

    /// <summary>
    /// Checks that it is approved, and by four eyes where there are four. An author who is the only approver at home may approve
    /// alone; where others approve, that does not count.
    /// </summary>
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.NotApproved"/>, <see cref="BulletinRefusal.AuthorIsApprover"/>.
    /// </exception>
    public async Task CheckAsync(
        Change change, Bulletin bulletin, AreaTree tree, IReadOnlyCollection<long> areas, CancellationToken cancellationToken)
    {
        BroadcastMaker.CheckApproved(bulletin);
        if (bulletin.AreaId is not { } home || bulletin.ApprovedById != bulletin.CreatedById)
        {
            return;
        }

        var away = areas.Except(tree.WithDescendants([home])).ToList();
        if (await rights.AnybodyElseMayAsync(change.Db, Right.Approve, away, bulletin.CreatedById, cancellationToken))
        {
            throw new RefusedException(BulletinRefusal.AuthorIsApprover);
        }
    }
}
