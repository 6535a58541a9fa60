using Microsoft.Extensions.Logging;
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
    ISpeechSynthesizer synthesizer,
    IOptions<AudioOptions> audio,
    IOptions<RadioOptions> options,
    AuditedChanges changes,
    RightsCheck access,
    LocalTime local,
    ILogger<CreateBulletin> logger)
{
    /// <exception cref="RefusedException">Title, file or sound is not accepted, a program is missing, or the disk is full.</exception>
    public async Task<Bulletin> FromUploadAsync(UploadRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancel)
    {
        var title = PlainText.Title(request.Title);
        await access.CheckAsync(actor, Right.Write, request.AreaId, cancel);
        return await MakeAsync(new(title, BulletinOrigin.Upload, request.AreaId, actor), async draft =>
        {
            await draft.ReceiveAsync(request.Content, options.Value.MaxUploadBytes, cancel);
            return await sound.PrepareAsync(draft, new ProgressPart(progress, 0, 1), cancel);
        }, cancel);
    }

    /// <exception cref="RefusedException">Title, text or voice is not accepted, a program is missing, or the disk is full.</exception>
    public async Task<Bulletin> FromTextAsync(SpeechRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancel)
    {
        var title = PlainText.Title(request.Title);
        var text = PlainText.Speech(request.Text, audio.Value.MaxTextLength);
        var voice = synthesizer.Voices.FirstOrDefault(voice => voice.Id == request.Voice)?.Id
            ?? throw new RefusedException(BulletinRefusal.UnknownVoice);
        await access.CheckAsync(actor, Right.Write, request.AreaId, cancel);
        var beginning = new Beginning(title, BulletinOrigin.Speech, request.AreaId, actor) { Text = text, Voice = voice };
        return await MakeAsync(beginning, async draft =>
        {
            await synthesizer.SpeakAsync(text, voice, draft.Source, cancel);
            return await sound.PrepareAsync(draft, new ProgressPart(progress, BulletinSound.SpokenShare, 1), cancel);
        }, cancel);
    }

    private async Task<Bulletin> MakeAsync(Beginning beginning, Func<BulletinDraft, Task<Master>> prepare, CancellationToken cancel)
    {
        var author = beginning.Actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);
        try
        {
            using var draft = sound.Begin();
            var master = await prepare(draft);
            var bulletin = new Bulletin
            {
                AreaId = beginning.AreaId,
                Title = beginning.Title,
                Origin = beginning.Origin,
                Text = beginning.Text,
                Voice = beginning.Voice,
                Length = master.Length,
                Loudness = master.Loudness,
                SourceLoudness = master.SourceLoudness,
                Peaks = master.Peaks,
                Hash = await BulletinFiles.HashOfAsync(draft.Master, cancel),
                CreatedById = author,
                CreatedAt = local.Now,
            };
            await StoreAsync(bulletin, draft, beginning.Actor, cancel);
            return bulletin;
        }
        catch (AudioRefusedException refused)
        {
            logger.LogInformation(refused, "Bulletin {Title} was not made", beginning.Title);
            throw SoundRefusals.Of(refused, audio.Value, beginning.Origin);
        }
        catch (IOException error) when (StorageFull.Is(error))
        {
            throw new RefusedException(Refusal.DiskFull);
        }
    }

    private async Task StoreAsync(Bulletin bulletin, BulletinDraft draft, Actor actor, CancellationToken cancel)
    {
        await changes.ApplyAsync(actor, Right.Write, "bulletin.create", async (change, token) =>
        {
            change.At(bulletin.AreaId);
            await change.Db.NeedAreaAsync(bulletin.AreaId, token);
            change.Db.Bulletins.Add(bulletin);
            await change.Db.SaveChangesAsync(token);
            // Files first, the row's commit last: a crash in between leaves an orphan, never a bulletin without sound.
            sound.Keep(draft, bulletin.Id);
            var detail = new { bulletin.Title, Origin = bulletin.Origin.ToString(), bulletin.Length, bulletin.Hash };
            change.Happens(new BulletinChanged(bulletin.Id));
            return change.Report(bulletin, $"bulletin {bulletin.Id}", detail);
        }, cancel);
        draft.Keep();
    }

    private sealed record Beginning(string Title, BulletinOrigin Origin, long? AreaId, Actor Actor)
    {
        public string? Text { get; init; }

        public string? Voice { get; init; }
    }
}
