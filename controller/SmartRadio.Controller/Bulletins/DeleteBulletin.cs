using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Objects;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Deletes a bulletin that was never aired, with its sound. The log keeps that there was one.</summary>
public sealed class DeleteBulletin(
    AuditedChanges changes, BulletinFiles files, ObjectStorage objects, IEnumerable<IUseBulletins> users)
{
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.UnknownBulletin"/>, <see cref="BulletinRefusal.BulletinInUse"/>.
    /// </exception>
    public async Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        using var turn = await objects.EnterAsync(cancellationToken);
        var alone = await changes.ApplyAsync(
            actor, Right.Write, "bulletin.delete", (change, token) => DeleteAsync(change, id, token), cancellationToken);
        // The row first: a crash in between leaves files without a row, which the next start finds.
        files.DeleteAll(id);
        alone.ForEach(objects.Delete);
    }

    /// <returns>Ids of the objects that no other bulletin shares.</returns>
    private async Task<ChangeReport<List<string>>> DeleteAsync(Change change, long id, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var bulletin = await db.Bulletins.Include(row => row.Parts).SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
        change.At(bulletin.AreaId);
        if (!await BulletinQuery.IsUnusedAsync(db, users, id, cancellationToken))
        {
            throw new RefusedException(BulletinRefusal.BulletinInUse);
        }

        var sounds = await db.Objects.Where(sound => sound.BulletinId == id).ToListAsync(cancellationToken);
        var ids = sounds.ConvertAll(sound => sound.Id);
        var shared = await db.Objects.Where(sound => sound.BulletinId != id && ids.Contains(sound.Id))
            .Select(sound => sound.Id).ToListAsync(cancellationToken);
        await db.Bulletins.Where(row => row.PreviousId == id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.PreviousId, bulletin.PreviousId), cancellationToken);
        db.Objects.RemoveRange(sounds);
        db.RemoveRange(bulletin.Parts);
        db.Bulletins.Remove(bulletin);
        if (bulletin.AreaId is { } area)
        {
            db.DeletedBulletins.Add(new DeletedBulletin { Id = id, AreaId = area });
        }

        change.Happens(new BulletinChanged(id));
        List<string> alone = [.. ids.Except(shared)];
        return change.Report(alone, $"bulletin {id}", new { bulletin.Title, bulletin.Hash });
    }
}
