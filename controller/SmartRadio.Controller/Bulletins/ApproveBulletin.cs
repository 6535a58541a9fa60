using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Audio.Codecs;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// Releases a bulletin for airing: the sound is checked against the hash it was heard under, and encoded once for every codec
/// nodes may ask for. A person has few places for it; whoever releases emergencies has one more, and a line of one's own.
/// </summary>
public sealed class ApproveBulletin(
    IDbContextFactory<RadioDb> databases,
    MasterEncoder encoder,
    BulletinFiles files,
    ObjectStorage objects,
    AuditedChanges changes,
    IRights rights,
    LocalTime local,
    IOptions<LimitOptions> limits) : IDisposable
{
    private static readonly CodecId[] Codecs = [CodecId.ULaw8, CodecId.Ima8];

    private readonly SoundPlaces _places = new(limits);

    // Encoding keeps a processor busy: one at a time, and beside it one of those who release emergencies.
    private readonly SemaphoreSlim _usual = new(1);
    private readonly SemaphoreSlim _urgent = new(1);

    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.UnknownBulletin"/>, <see cref="BulletinRefusal.AlreadyApproved"/>,
    /// <see cref="BulletinRefusal.BulletinWithdrawn"/>, <see cref="BulletinRefusal.AuthorIsApprover"/>,
    /// <see cref="Refusal.NotAllowed"/> when no person asks, <see cref="BulletinRefusal.SoundChanged"/>,
    /// <see cref="BulletinRefusal.ReturnedMeanwhile"/>, <see cref="Refusal.DiskFull"/>; all places are taken:
    /// <see cref="BulletinRefusal.OwnSoundsAtWork"/>, <see cref="BulletinRefusal.SoundsAtWork"/>.
    /// </exception>
    public Task<Bulletin> HandleAsync(
        long id, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken) =>
        HandleAsync(id, new ReviewedBulletin(), actor, progress, cancellationToken);

    /// <param name="id">The bulletin.</param>
    /// <param name="heard">What was heard and read of it.</param>
    /// <param name="actor">Another person than the author, where another may approve.</param>
    /// <param name="progress">Is given the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work; nothing is changed then.</param>
    /// <inheritdoc cref="HandleAsync(long, Actor, IProgress{double}?, CancellationToken)"/>
    public async Task<Bulletin> HandleAsync(
        long id, ReviewedBulletin heard, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var approver = actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);
        try
        {
            var mayAlert = await MayAlertAsync(id, actor, cancellationToken);
            using var place = _places.Take(approver, mayAlert);
            using var turn = await (mayAlert ? _urgent : _usual).TakeTurnAsync(cancellationToken);
            Bulletin bulletin;
            await using (var db = await databases.CreateDbContextAsync(cancellationToken))
            {
                bulletin = await FindAsync(db, id, actor, cancellationToken);
            }

            heard.Check(bulletin);
            if (!await files.IsUnchangedAsync(bulletin, cancellationToken))
            {
                throw new RefusedException(BulletinRefusal.SoundChanged, bulletin.Id);
            }

            return await EncodeAndApproveAsync(bulletin, actor, progress, cancellationToken);
        }
        catch (Exception error) when (StorageFull.Is(error))
        {
            // Reading too may need room: for the index of the write-ahead log.
            throw new RefusedException(Refusal.DiskFull);
        }
    }

    public void Dispose()
    {
        _usual.Dispose();
        _urgent.Dispose();
    }

    // Nobody waits, or holds a place, for what will be refused.
    private async Task<bool> MayAlertAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var bulletin = await FindAsync(db, id, actor, cancellationToken);
        var grants = await rights.OfAsync(db, actor, cancellationToken);
        return grants.May(Right.Approve, bulletin.AreaId)
            ? grants.MayAnywhere(Right.Alert)
            : throw new RefusedException(Refusal.NotAllowed);
    }

    private async Task<Bulletin> FindAsync(RadioDb db, long id, Actor actor, CancellationToken cancellationToken)
    {
        var approver = actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);
        var bulletin = await db.Bulletins.Include(row => row.Parts.OrderBy(part => part.Position))
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
        bulletin.CheckOpen();
        // Four eyes wherever there are four: who is the only approver could otherwise air nothing.
        if (bulletin.CreatedById == approver
            && await rights.AnybodyElseMayAsync(
                db, Right.Approve, bulletin.AreaId is { } home ? [home] : null, approver, cancellationToken))
        {
            throw new RefusedException(BulletinRefusal.AuthorIsApprover);
        }

        return bulletin;
    }

    private async Task<Bulletin> EncodeAndApproveAsync(
        Bulletin heard, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var encoded = new List<(NewObject File, CodecId Codec, long Samples)>();
        try
        {
            foreach (var codec in Codecs)
            {
                var share = new ProgressPart(
                    progress, (double)encoded.Count / Codecs.Length, (encoded.Count + 1.0) / Codecs.Length);
                var file = objects.Begin();
                encoded.Add((file, codec, 0));
                var sound = await encoder.EncodeAsync(files.MasterOf(heard), codec, file.Content, share, cancellationToken);
                encoded[^1] = (file, codec, sound.Samples);
            }

            return await KeepAndApproveAsync(heard, encoded, actor, cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // It was trimmed or deleted just now.
            throw new RefusedException(BulletinRefusal.SoundChanged, heard.Id);
        }
        catch (Exception error) when (error is AudioRefusedException { Reason: AudioRefusal.DiskFull } || StorageFull.Is(error))
        {
            throw new RefusedException(Refusal.DiskFull);
        }
        finally
        {
            encoded.ForEach(each => each.File.Dispose());
        }
    }

    private async Task<Bulletin> KeepAndApproveAsync(
        Bulletin heard, List<(NewObject File, CodecId Codec, long Samples)> encoded, Actor actor,
        CancellationToken cancellationToken)
    {
        using var turn = await objects.EnterAsync(cancellationToken);
        var written = new List<WrittenObject>();
        var approved = false;
        try
        {
            var sounds = new List<SoundObject>();
            foreach (var (file, codec, samples) in encoded)
            {
                var kept = file.Keep();
                written.Add(kept);
                sounds.Add(new SoundObject
                {
                    Id = kept.Id,
                    BulletinId = heard.Id,
                    Codec = codec,
                    Bytes = kept.Bytes,
                    Samples = samples,
                });
            }

            var bulletin = await ApproveAsync(heard, sounds, actor, cancellationToken);
            approved = true;
            return bulletin;
        }
        finally
        {
            foreach (var file in written.Where(file => file.IsNew && !approved))
            {
                objects.Delete(file.Id);
            }
        }
    }

    private Task<Bulletin> ApproveAsync(
        Bulletin heard, List<SoundObject> sounds, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Approve, "bulletin.approve", async (change, token) =>
        {
            var bulletin = await FindAsync(change.Db, heard.Id, actor, token);
            change.At(bulletin.AreaId);
            // Encoding takes a while, in which another may have trimmed or returned it.
            ReviewedBulletin.Of(heard).Check(bulletin);
            bulletin.Reopen();
            bulletin.ApprovedById = actor.PersonId;
            bulletin.ApprovedAt = local.Now;
            change.Db.Objects.AddRange(sounds);
            var detail = new { bulletin.Hash, Objects = sounds.Select(sound => sound.Id) };
            change.Happens(new BulletinChanged(heard.Id));
            change.Happens(new BulletinApproved(heard.Id));
            return change.Report(bulletin, $"bulletin {heard.Id}", detail);
        }, cancellationToken);
}
