using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Audio.Codecs;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Content">Any sound file; read once, not closed.</param>
public sealed record UploadRequest(string Title, Stream Content);

/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Text">At most <see cref="AudioOptions.MaxTextLength"/> characters.</param>
/// <param name="Voice">Id of one of <see cref="ISpeechSynthesizer.Voices"/>.</param>
public sealed record SpeechRequest(string Title, string Text, string Voice);

/// <summary>
/// Makes a bulletin of a file or a text. It returns when the sound is prepared: either there is a bulletin that can be heard,
/// or there is nothing.
/// </summary>
public sealed class CreateBulletin(
    AudioPreparer preparer,
    PreviewEncoder previews,
    ISpeechSynthesizer synthesizer,
    IOptions<AudioOptions> audio,
    IOptions<RadioOptions> options,
    DataFolder data,
    BulletinFiles files,
    AuditedChanges changes,
    LocalTime local,
    ChangeFeed feed,
    ILogger<CreateBulletin> logger) : IDisposable
{
    private const double SpokenShare = 0.3;
    private const double PreparedShare = 0.9;

    // Each preparation keeps a processor busy; more at once would only take memory.
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    /// <exception cref="RefusedException">Title, file or sound is not accepted, a program is missing, or the disk is full.</exception>
    public Task<Bulletin> FromUploadAsync(UploadRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancel)
    {
        var beginning = new Beginning(PlainText.Title(request.Title), BulletinOrigin.Upload, actor, Text: null, Voice: null);
        return MakeAsync(
            beginning,
            draft => draft.ReceiveAsync(request.Content, options.Value.MaxUploadBytes, cancel),
            new ProgressPart(progress, 0, 1),
            cancel);
    }

    /// <exception cref="RefusedException">Title, text or voice is not accepted, a program is missing, or the disk is full.</exception>
    public Task<Bulletin> FromTextAsync(SpeechRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancel)
    {
        var title = PlainText.Title(request.Title);
        var text = PlainText.Speech(request.Text, audio.Value.MaxTextLength);
        var voice = synthesizer.Voices.FirstOrDefault(voice => voice.Id == request.Voice)?.Id
            ?? throw new RefusedException(Refusal.UnknownVoice);
        return MakeAsync(
            new Beginning(title, BulletinOrigin.Speech, actor, text, voice),
            draft => synthesizer.SpeakAsync(text, voice, draft.Source, cancel),
            new ProgressPart(progress, SpokenShare, 1),
            cancel);
    }

    public void Dispose() => _places.Dispose();

    private async Task<Bulletin> MakeAsync(
        Beginning beginning, Func<BulletinDraft, Task> bring, IProgress<double> progress, CancellationToken cancel)
    {
        var author = beginning.Actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);
        try
        {
            using var draft = new BulletinDraft(data);
            await bring(draft);
            var master = await PrepareAsync(draft, progress, cancel);
            var bulletin = new Bulletin
            {
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

    private async Task<Master> PrepareAsync(BulletinDraft draft, IProgress<double> progress, CancellationToken cancel)
    {
#pragma warning disable RS0030 // Never in the simulation: it has programs make sound.
        await _places.WaitAsync(cancel);
#pragma warning restore RS0030
        try
        {
            var master = await preparer.PrepareAsync(
                draft.Source, draft.Master, PreparationOptions.Default, new ProgressPart(progress, 0, PreparedShare), cancel);
            if (master.Length > ObjectFile.LongestSound)
            {
                throw new RefusedException(Refusal.SoundTooLong, ObjectFile.LongestSound);
            }

            await previews.EncodeAsync(draft.Master, draft.Preview, cancel);
            progress.Report(1);
            return master;
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task StoreAsync(Bulletin bulletin, BulletinDraft draft, Actor actor, CancellationToken cancel)
    {
        await changes.ApplyAsync(actor, "bulletin.create", async (db, token) =>
        {
            db.Bulletins.Add(bulletin);
            await db.SaveChangesAsync(token);
            // Files first, the row's commit last: a crash in between leaves an orphan, never a bulletin without sound.
            draft.MoveTo(files.FolderOf(bulletin.Id));
            var detail = new { bulletin.Title, Origin = bulletin.Origin.ToString(), bulletin.Length, bulletin.Hash };
            return new ChangeReport<Bulletin>(bulletin, $"bulletin {bulletin.Id}", detail);
        }, cancel);
        draft.Keep();
        feed.Changed(Feed.Bulletins);
    }

    private sealed record Beginning(string Title, BulletinOrigin Origin, Actor Actor, string? Text, string? Voice);
}
