using Microsoft.EntityFrameworkCore;
using SmartRadio.Audio.Composition;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <param name="BulletinId">One that is not approved.</param>
/// <param name="From">Where the kept words begin, from the beginning of the whole sound.</param>
/// <param name="To">Where they end, from the beginning of the whole sound.</param>
public sealed record TrimRequest(long BulletinId, TimeSpan From, TimeSpan To);

/// <summary>
/// Keeps a stretch of a bulletin's words before it is approved. What stands around the words stays. The sound is made anew from
/// the master and has another hash; what was cut away is gone.
/// </summary>
public sealed class TrimBulletin(
    IDbContextFactory<RadioDb> databases, BulletinSound sound, BulletinFiles files, AuditedChanges changes, RightsCheck access)
{
    /// <summary>The shortest stretch that may be kept.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.UnknownBulletin"/>, <see cref="BulletinRefusal.NotAuthor"/>,
    /// <see cref="BulletinRefusal.AlreadyApproved"/>, <see cref="BulletinRefusal.NotTrimmable"/>,
    /// <see cref="BulletinRefusal.StretchTooShort"/>, <see cref="BulletinRefusal.SoundChanged"/>,
    /// <see cref="BulletinRefusal.Silent"/>, or all places are taken, ffmpeg is missing, the disk is full.
    /// </exception>
    public async Task<Bulletin> HandleAsync(
        TrimRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Bulletin before;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            before = await FindAsync(db.Bulletins.AsNoTracking(), request.BulletinId, actor, cancellationToken);
        }

        var grants = await access.CheckAsync(actor, Right.Write, before.AreaId, cancellationToken);
        if (!await files.IsUnchangedAsync(before, cancellationToken))
        {
            throw new RefusedException(BulletinRefusal.SoundChanged, before.Id);
        }

        var (parts, words) = Plan(before, request);
        using var draft = sound.Begin(before.Title, before.Origin, before.CreatedById, grants.MayAnywhere(Right.Alert));
        var master = await sound.TrimAsync(draft, words, parts, progress, cancellationToken);
        var hash = await BulletinFiles.HashOfAsync(draft.Master, cancellationToken);
        if (hash == before.Hash)
        {
            return before;
        }

        var trimmed = await changes.ApplyAsync(actor, Right.Write, "bulletin.trim", async (change, token) =>
        {
            var bulletin = await FindAsync(change.Db.Bulletins, request.BulletinId, actor, token);
            change.At(bulletin.AreaId);
            if (bulletin.Hash != before.Hash)
            {
                throw new RefusedException(BulletinRefusal.SoundChanged, bulletin.Id);
            }

            (bulletin.Hash, bulletin.Length, bulletin.Loudness, bulletin.Peaks) =
                (hash, master.Length, master.Loudness, master.Peaks);
            bulletin.Parts.Clear();
            await change.Db.SaveChangesAsync(token);
            PlannedPart.RowsOf(parts.All, master.Parts).ForEach(bulletin.Parts.Add);
            await change.Db.SaveChangesAsync(token);
            // Beside the sound that is there: a crash before the commit leaves that one as it was.
            draft.MoveBeside(files, bulletin.Id, hash);
            var detail = new { request.From, request.To, Before = before.Hash, bulletin.Hash, bulletin.Length };
            change.Happens(new BulletinChanged(bulletin.Id));
            return change.Report(bulletin, $"bulletin {bulletin.Id}", detail);
        }, cancellationToken);
        files.DeleteOthers(trimmed);
        return trimmed;
    }

    private static async Task<Bulletin> FindAsync(
        IQueryable<Bulletin> bulletins, long id, Actor actor, CancellationToken cancellationToken)
    {
        var bulletin = await bulletins.Include(row => row.Parts.OrderBy(part => part.Position))
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
        return bulletin switch
        {
            _ when bulletin.CreatedById != actor.PersonId => throw new RefusedException(BulletinRefusal.NotAuthor),
            { IsApproved: true } => throw new RefusedException(BulletinRefusal.AlreadyApproved, id),
            { Origin: BulletinOrigin.Programme } => throw new RefusedException(BulletinRefusal.NotTrimmable),
            _ => bulletin,
        };
    }

    // Everything but the words is copied from the master.
    private (PartPlan Parts, StretchPart Words) Plan(Bulletin bulletin, TrimRequest request)
    {
        var rows = bulletin.Parts.Count > 0
            ? bulletin.Parts.ToList()
            : [new BulletinPart { Kind = PartKind.Words, Length = bulletin.Length }];
        var at = rows.FindIndex(row => row.Kind == PartKind.Words);
        var (start, end) = (rows[at].Start, rows[at].Start + rows[at].Length);
        var (from, to) = (Later(request.From, start), Earlier(request.To, end));
        if (to - from < Shortest)
        {
            throw new RefusedException(BulletinRefusal.StretchTooShort);
        }

        var master = files.MasterOf(bulletin);
        var parts = new PartPlan(
            [.. rows[..at].Select(row => CopyOf(row, master))], [.. rows[(at + 1)..].Select(row => CopyOf(row, master))]);
        return (parts, new StretchPart(master, from, to));
    }

    private static PlannedPart CopyOf(BulletinPart row, string master) =>
        new(row.Kind, new StretchPart(master, row.Start, row.Start + row.Length), row.Cue, row.SourceId);

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
