using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Content">Any sound file; read once, not closed.</param>
public sealed record UploadRequest(string Title, Stream Content)
{
    /// <summary>The name of the file as it was sent: what is refused says it.</summary>
    public string? FileName { get; init; }

    /// <summary>The area whose bulletin it is; null = of all together.</summary>
    public long? AreaId { get; init; }

    /// <summary>What stands around the recording; a melody has nothing around it.</summary>
    public BulletinFrame Frame { get; init; } = BulletinFrame.Usual;

    /// <summary>The bulletin that it replaces once it is approved.</summary>
    public long? PreviousId { get; init; }

    /// <summary>It is to open or close other bulletins, and no longer than <see cref="LimitOptions.MelodyLength"/>.</summary>
    public bool IsMelody { get; init; }
}

/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Text">At most <see cref="AudioOptions.MaxTextLength"/> characters.</param>
/// <param name="Voice">Id of one of <see cref="ISpeechSynthesizer.Voices"/>.</param>
public sealed record SpeechRequest(string Title, string Text, string Voice)
{
    /// <summary>The area whose bulletin it is; null = of all together.</summary>
    public long? AreaId { get; init; }

    /// <summary>What stands around the text.</summary>
    public BulletinFrame Frame { get; init; } = BulletinFrame.Usual;

    /// <summary>The bulletin that it replaces once it is approved.</summary>
    public long? PreviousId { get; init; }

    /// <summary>The pace, <see cref="VoiceChoice.Slowest"/> to <see cref="VoiceChoice.Fastest"/>.</summary>
    public double Speed { get; init; } = VoiceChoice.UsualSpeed;

    /// <summary><see cref="VoiceChoice.Lowest"/> to <see cref="VoiceChoice.Highest"/>.</summary>
    public int Pitch { get; init; } = VoiceChoice.UsualPitch;
}

/// <summary>
/// Makes a bulletin of a file or a text. It returns when the sound is prepared: either there is a bulletin that can be heard,
/// or there is nothing.
/// </summary>
public sealed class CreateBulletin(
    BulletinSound sound,
    FramePlanner frames,
    BulletinStore store,
    VoiceScript script,
    IOptions<AudioOptions> audio,
    IOptions<BulletinOptions> options,
    IOptions<LimitOptions> limits,
    RightsCheck access)
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

        var parts = request.IsMelody
            ? new PartPlan([], [])
            : await frames.PlanAsync(request.Frame, grants, request.AreaId, cancellationToken);

        var origin = request.IsMelody ? BulletinOrigin.Melody : BulletinOrigin.Upload;
        using var draft = sound.Begin(
            title, origin, author, grants.MayAnywhere(Right.Alert), PlainText.FileName(request.FileName));
        await draft.ReceiveAsync(request.Content, options.Value.MaxUploadBytes, cancellationToken);
        var master = await sound.PrepareAsync(draft, parts, progress, cancellationToken);
        if (request.IsMelody && master.Length > limits.Value.MelodyLength)
        {
            throw new RefusedException(BulletinRefusal.MelodyTooLong, limits.Value.MelodyLength).About(draft.FileName);
        }

        var bulletin = await store.RowOfAsync(draft, master, parts.All, author, cancellationToken);
        (bulletin.AreaId, bulletin.PreviousId) = (request.AreaId, request.PreviousId);
        await store.StoreAsync(bulletin, draft, "bulletin.create", actor, cancellationToken);
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
        var asked = new VoiceChoice(request.Voice, request.Speed, request.Pitch);
        sound.CheckVoice(asked);
        var grants = await access.CheckAsync(actor, Right.Write, request.AreaId, cancellationToken);
        var author = actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);
        var parts = await frames.PlanAsync(request.Frame, grants, request.AreaId, cancellationToken);
        parts = parts with { Language = script.LanguageOf(asked.Id) };

        using var draft = sound.Begin(title, BulletinOrigin.Speech, author, grants.MayAnywhere(Right.Alert));
        var words = await script.ReadAsync(text, asked.Id, request.AreaId, cancellationToken);
        var voice = await sound.SpeakAsync(draft, words, asked, cancellationToken);
        var share = new ProgressPart(progress, BulletinSound.SpokenShare, 1);
        var master = await sound.PrepareAsync(draft, parts, share, cancellationToken);
        var bulletin = await store.RowOfAsync(draft, master, parts.All, author, cancellationToken);
        (bulletin.AreaId, bulletin.Text, bulletin.Voice) = (request.AreaId, text, voice);
        (bulletin.Speed, bulletin.Pitch, bulletin.PreviousId) = (asked.Speed, asked.Pitch, request.PreviousId);
        bulletin.AskedVoice = voice == asked.Id ? null : asked.Id;
        await store.StoreAsync(bulletin, draft, "bulletin.create", actor, cancellationToken);
        return bulletin;
    }
}
