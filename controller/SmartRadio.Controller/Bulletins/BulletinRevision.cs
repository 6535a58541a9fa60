using Microsoft.EntityFrameworkCore;
using SmartRadio.Audio;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// Puts another sound in the place of a bulletin's, by its author and before it is approved. The sound has another hash; whoever
/// heard the one before does not approve this one unheard.
/// </summary>
public sealed class BulletinRevision(
    IDbContextFactory<RadioDb> databases, BulletinFiles files, AuditedChanges changes, RightsCheck access)
{
    /// <summary>The bulletin as it is now, with its parts, and the rights of its author.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.UnknownBulletin"/>, <see cref="BulletinRefusal.NotAuthor"/>,
    /// <see cref="BulletinRefusal.AlreadyApproved"/>, <see cref="Refusal.NotAllowed"/>.
    /// </exception>
    internal async Task<(Bulletin Before, Grants Grants)> BeginAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = await FindAsync(db.Bulletins.AsNoTracking(), id, actor, cancellationToken);
        return (before, await access.CheckAsync(actor, Right.Write, before.AreaId, cancellationToken));
    }

    /// <summary>Reads the whole sound: it takes a place first.</summary>
    /// <exception cref="RefusedException"><see cref="BulletinRefusal.SoundChanged"/>.</exception>
    internal async Task CheckSoundAsync(Bulletin before, CancellationToken cancellationToken)
    {
        if (!await files.IsUnchangedAsync(before, cancellationToken))
        {
            throw new RefusedException(BulletinRefusal.SoundChanged, before.Id);
        }
    }

    /// <summary>The parts that sound; of a bulletin from before there were parts all is words.</summary>
    internal static List<BulletinPart> RowsOf(Bulletin bulletin) => bulletin.Parts.Count > 0
        ? [.. bulletin.Parts]
        : [new BulletinPart { Kind = PartKind.Words, Length = bulletin.Length }];

    /// <summary>Commits the draft's sound in place of the one that was there; the same sound changes nothing.</summary>
    /// <param name="before">As <see cref="BeginAsync"/> gave it.</param>
    /// <param name="draft">Holds master and preview.</param>
    /// <param name="made">The master and the parts it is made of.</param>
    /// <param name="entry">The action of the audit log, and what it tells beside the sound.</param>
    /// <param name="actor">The author.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is changed then.</param>
    /// <exception cref="RefusedException">As <see cref="BeginAsync"/>, or what the door refuses.</exception>
    internal async Task<Bulletin> ReplaceAsync(
        Bulletin before, BulletinDraft draft, (Master Master, IReadOnlyList<PlannedPart> Parts) made,
        (string Action, object Detail) entry, Actor actor, CancellationToken cancellationToken)
    {
        var (master, parts) = made;
        var hash = await BulletinFiles.HashOfAsync(draft.Master, cancellationToken);
        if (hash == before.Hash)
        {
            return before;
        }

        string[] replaced = [files.MasterOf(before), files.PreviewOf(before)];
        var revised = await changes.ApplyAsync(actor, Right.Write, entry.Action, async (change, token) =>
        {
            var bulletin = await FindAsync(change.Db.Bulletins, before.Id, actor, token);
            change.At(bulletin.AreaId);
            if (bulletin.Hash != before.Hash)
            {
                throw new RefusedException(BulletinRefusal.SoundChanged, bulletin.Id);
            }

            (bulletin.Hash, bulletin.Length, bulletin.Loudness, bulletin.Peaks) =
                (hash, master.Length, master.Loudness, master.Peaks);
            if (master.Repairs != SoundRepairs.None)
            {
                bulletin.Repairs = bulletin.Repairs.GetValueOrDefault() | master.Repairs;
            }

            bulletin.Reopen();
            bulletin.Parts.Clear();
            await change.Db.SaveChangesAsync(token);
            PlannedPart.RowsOf(parts, master.Parts).ForEach(bulletin.Parts.Add);
            await change.Db.SaveChangesAsync(token);
            // Beside the sound that is there: a crash before the commit leaves that one as it was.
            draft.MoveBeside(files, bulletin.Id, hash);
            change.Happens(new BulletinChanged(bulletin.Id));
            var detail = new { entry.Detail, Before = before.Hash, bulletin.Hash, bulletin.Length };
            return change.Report(bulletin, $"bulletin {bulletin.Id}", detail);
        }, cancellationToken);
        // These and no others: the author's next revision may be there already.
        Array.ForEach(replaced, BulletinFiles.Drop);
        return revised;
    }

    private static async Task<Bulletin> FindAsync(
        IQueryable<Bulletin> bulletins, long id, Actor actor, CancellationToken cancellationToken)
    {
        var bulletin = await bulletins.Include(row => row.Parts.OrderBy(part => part.Position))
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
        if (bulletin.CreatedById != actor.PersonId)
        {
            throw new RefusedException(BulletinRefusal.NotAuthor);
        }

        bulletin.CheckOpen();
        return bulletin;
    }
}
