using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Content">Any sound file; read once, not closed.</param>
public sealed record UploadRequest(string Title, Stream Content)
{
    /// <summary>The area whose bulletin it is; null = of all together.</summary>
    public long? AreaId { get; init; }
}

/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Text">At most <see cref="AudioOptions.MaxTextLength"/> characters.</param>
/// <param name="Voice">Id of one of <see cref="ISpeechSynthesizer.Voices"/>.</param>
public sealed record SpeechRequest(string Title, string Text, string Voice)
{
    /// <summary>The area whose bulletin it is; null = of all together.</summary>
    public long? AreaId { get; init; }
}

/// <summary>
/// Makes a bulletin of a file or a text. It returns when the sound is prepared: either there is a bulletin that can be heard,
/// or there is nothing.
/// </summary>
public sealed class CreateBulletin(
    BulletinSound sound,
    IOptions<AudioOptions> audio,
    IOptions<BulletinOptions> options,
    IOptions<LimitOptions> limits,
    AuditedChanges changes,
    RightsCheck access,
    LocalTime local)
{
    /// <exception cref="RefusedException">
    /// Title, file or sound is not accepted, all places are taken, a program is missing, or the disk is full.
    /// </exception>
    public async Task<Bulletin> FromUploadAsync(
        UploadRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var title = PlainText.Title(request.Title);
        var grants = await access.CheckAsync(actor, Right.Write, request.AreaId, cancellationToken);
        var author = actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);

        using var draft = sound.Begin(title, BulletinOrigin.Upload, author, grants.MayAnywhere(Right.Alert));
        await draft.ReceiveAsync(request.Content, options.Value.MaxUploadBytes, cancellationToken);
        var master = await sound.PrepareAsync(draft, progress, cancellationToken);
        var bulletin = await BulletinOfAsync(draft, master, author, cancellationToken);
        bulletin.AreaId = request.AreaId;
        await StoreAsync(bulletin, draft, actor, cancellationToken);
        return bulletin;
    }

    /// <exception cref="RefusedException">
    /// Title, text or voice is not accepted, all places are taken, a program is missing, or the disk is full.
    /// </exception>
    public async Task<Bulletin> FromTextAsync(
        SpeechRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var title = PlainText.Title(request.Title);
        var text = PlainText.Speech(request.Text, audio.Value.MaxTextLength);
        sound.CheckVoice(request.Voice);
        var grants = await access.CheckAsync(actor, Right.Write, request.AreaId, cancellationToken);
        var author = actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);

        using var draft = sound.Begin(title, BulletinOrigin.Speech, author, grants.MayAnywhere(Right.Alert));
        await sound.SpeakAsync(draft, text, request.Voice, cancellationToken);
        var master = await sound.PrepareAsync(draft, new ProgressPart(progress, BulletinSound.SpokenShare, 1), cancellationToken);
        var bulletin = await BulletinOfAsync(draft, master, author, cancellationToken);
        (bulletin.AreaId, bulletin.Text, bulletin.Voice) = (request.AreaId, text, request.Voice);
        await StoreAsync(bulletin, draft, actor, cancellationToken);
        return bulletin;
    }

    private async Task<Bulletin> BulletinOfAsync(
        BulletinDraft draft, Master master, string author, CancellationToken cancellationToken) =>
        new()
        {
            Title = draft.Title,
            Origin = draft.Origin,
            Length = master.Length,
            Loudness = master.Loudness,
            SourceLoudness = master.SourceLoudness,
            Peaks = master.Peaks,
            Hash = await BulletinFiles.HashOfAsync(draft.Master, cancellationToken),
            CreatedById = author,
            CreatedAt = local.Now,
        };

    private async Task StoreAsync(Bulletin bulletin, BulletinDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        await changes.ApplyAsync(actor, Right.Write, "bulletin.create", async (change, token) =>
        {
            change.At(bulletin.AreaId);
            await change.Db.NeedAreaAsync(bulletin.AreaId, token);
            await CheckCountAsync(change.Db, token);
            change.Db.Bulletins.Add(bulletin);
            await change.Db.SaveChangesAsync(token);
            // Files first, the row's commit last: a crash in between leaves an orphan, never a bulletin without sound.
            sound.Keep(draft, bulletin.Id);
            var detail = new { bulletin.Title, Origin = bulletin.Origin.ToString(), bulletin.Length, bulletin.Hash };
            change.Happens(new BulletinChanged(bulletin.Id));
            return change.Report(bulletin, $"bulletin {bulletin.Id}", detail);
        }, cancellationToken);
        draft.Keep();
    }

    private async Task CheckCountAsync(RadioDb db, CancellationToken cancellationToken)
    {
        if (await db.Bulletins.CountAsync(cancellationToken) >= limits.Value.Bulletins)
        {
            throw new RefusedException(BulletinRefusal.TooManyBulletins, limits.Value.Bulletins);
        }
    }
}
