using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Puts a bulletin into the books once its sound is made.</summary>
public sealed class BulletinStore(BulletinSound sound, IOptions<LimitOptions> limits, AuditedChanges changes, LocalTime local)
{
    /// <summary>The row of a sound that was made.</summary>
    internal async Task<Bulletin> RowOfAsync(
        BulletinDraft draft, Master master, IReadOnlyList<PlannedPart> parts, string author,
        CancellationToken cancellationToken) =>
        new()
        {
            Title = draft.Title,
            Origin = draft.Origin,
            Length = master.Length,
            Loudness = master.Loudness,
            SourceLoudness = master.SourceLoudness,
            Repairs = master.Repairs,
            Peaks = master.Peaks,
            Hash = await BulletinFiles.HashOfAsync(draft.Master, cancellationToken),
            CreatedById = author,
            CreatedAt = local.Now,
            Parts = PlannedPart.RowsOf(parts, master.Parts),
            HoldsSiren = parts.Any(part => part.Cue == Cue.Siren),
        };

    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.TooManyBulletins"/>, <see cref="BulletinRefusal.PartChanged"/>, or what the door refuses;
    /// nothing was stored.
    /// </exception>
    internal async Task StoreAsync(
        Bulletin bulletin, BulletinDraft draft, string action, Actor actor, CancellationToken cancellationToken)
    {
        await changes.ApplyAsync(actor, Right.Write, action, async (change, token) =>
        {
            change.At(bulletin.AreaId);
            await change.Db.NeedAreaAsync(bulletin.AreaId, token);
            await CheckCountAsync(change.Db, token);
            await CheckSourcesAsync(change.Db, bulletin, token);
            await ReplaceAsync(change, bulletin, token);
            change.Db.Bulletins.Add(bulletin);
            await change.Db.SaveChangesAsync(token);
            // Files first, the row's commit last: a crash in between leaves an orphan, never a bulletin without sound.
            sound.Keep(draft, bulletin.Id);
            change.Happens(new BulletinChanged(bulletin.Id));
            if (bulletin.PreviousId is { } previous)
            {
                change.Happens(new BulletinVersionAdded(bulletin.Id, previous));
            }

            return change.Report(bulletin, $"bulletin {bulletin.Id}", DetailOf(bulletin));
        }, cancellationToken);
        draft.Keep();
    }

    /// <summary>Whoever replaces a bulletin must be allowed to write one in its place.</summary>
    private static async Task ReplaceAsync(Change change, Bulletin bulletin, CancellationToken cancellationToken)
    {
        if (bulletin.PreviousId is not { } id)
        {
            return;
        }

        var previous = await BulletinQuery.Seen(change.Db, change.Scope)
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
        change.At(previous.AreaId);
        (bulletin.Version, bulletin.RootId) = (previous.Version + 1, previous.RootId ?? previous.Id);
    }

    /// <summary>While the sound was made, somebody may have deleted or withdrawn one that sounds in it.</summary>
    private static async Task CheckSourcesAsync(RadioDb db, Bulletin bulletin, CancellationToken cancellationToken)
    {
        var sources = bulletin.Parts.Select(part => part.SourceId).OfType<long>().Distinct().ToList();
        if (await db.Bulletins.CountAsync(
            row => sources.Contains(row.Id) && row.WithdrawnAt == null, cancellationToken) < sources.Count)
        {
            throw new RefusedException(BulletinRefusal.PartChanged);
        }
    }

    private static object DetailOf(Bulletin bulletin) => new
    {
        bulletin.Title,
        Origin = bulletin.Origin.ToString(),
        bulletin.Length,
        bulletin.Hash,
        Parts = bulletin.Parts.Select(part => $"{part.Kind} {part.Cue}{part.SourceId}".TrimEnd()),
        bulletin.Voice,
        bulletin.AskedVoice,
        bulletin.Version,
        bulletin.PreviousId,
    };

    private async Task CheckCountAsync(RadioDb db, CancellationToken cancellationToken)
    {
        if (await db.Bulletins.CountAsync(cancellationToken) >= limits.Value.Bulletins)
        {
            throw new RefusedException(BulletinRefusal.TooManyBulletins, limits.Value.Bulletins);
        }
    }
}
