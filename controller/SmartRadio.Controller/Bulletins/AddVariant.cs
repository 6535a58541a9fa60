using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <param name="BulletinId">One that is not approved.</param>
/// <param name="Language">Its name, as <see cref="LanguageOrder"/> has it.</param>
/// <param name="Content">Any sound file; read once, not closed.</param>
public sealed record VariantRequest(long BulletinId, string Language, Stream Content);

/// <param name="BulletinId">One that is not approved.</param>
/// <param name="Language">Its name, as <see cref="LanguageOrder"/> has it.</param>
/// <param name="Text">At most <see cref="AudioOptions.MaxTextLength"/> characters.</param>
/// <param name="Voice">One of <see cref="ISpeechSynthesizer.Voices"/>, and how it is to speak.</param>
public sealed record SpokenVariantRequest(long BulletinId, string Language, string Text, VoiceChoice Voice);

/// <summary>
/// Adds the words of a bulletin in another language, before it is approved: a recording, or a text that a voice reads. All its
/// words then sound in the order that its area sets now, with a pause between them; opening and closing stay.
/// </summary>
public sealed class AddVariant(
    BulletinSound sound, BulletinFiles files, BulletinRevision revision, VoiceScript script, AreaQuery areas,
    IOptions<AudioOptions> audio, IOptions<BulletinOptions> options)
{
    /// <summary>Silence between two languages.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(1.5);

    /// <exception cref="RefusedException">
    /// The language's name is not accepted, <see cref="BulletinRefusal.LanguageTaken"/>, <see cref="BulletinRefusal.NoWords"/>,
    /// <see cref="BulletinRefusal.UnknownBulletin"/>, <see cref="BulletinRefusal.NotAuthor"/>,
    /// <see cref="BulletinRefusal.AlreadyApproved"/>, <see cref="BulletinRefusal.SoundChanged"/>, or file or sound is not
    /// accepted, all places are taken, ffmpeg is missing, the disk is full.
    /// </exception>
    public async Task<Bulletin> FromUploadAsync(
        VariantRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (before, grants, parts) = await PlanAsync(request.BulletinId, request.Language, actor, cancellationToken);
        using var draft = sound.Begin(
            before.Title, BulletinOrigin.Upload, before.CreatedById, grants.MayAnywhere(Right.Alert));
        await revision.CheckSoundAsync(before, cancellationToken);
        await draft.ReceiveAsync(request.Content, options.Value.MaxUploadBytes, cancellationToken);
        return await ReplaceAsync(before, draft, parts, actor, progress, cancellationToken);
    }

    /// <exception cref="RefusedException">
    /// As <see cref="FromUploadAsync"/>, or text or voice is not accepted, the voice does not speak, its program is missing.
    /// </exception>
    public async Task<Bulletin> FromTextAsync(
        SpokenVariantRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var text = PlainText.Speech(request.Text, audio.Value.MaxTextLength);
        var asked = request.Voice;
        sound.CheckVoice(asked);
        var (before, grants, parts) = await PlanAsync(request.BulletinId, request.Language, actor, cancellationToken);
        using var draft = sound.Begin(
            before.Title, BulletinOrigin.Speech, before.CreatedById, grants.MayAnywhere(Right.Alert));
        await revision.CheckSoundAsync(before, cancellationToken);
        var words = await script.ReadAsync(text, asked.Id, before.AreaId, cancellationToken);
        var voice = await sound.SpeakAsync(draft, words, asked, cancellationToken);
        parts = parts with { Spoken = new SpokenWords(text, voice, voice == asked.Id ? null : asked.Id) };
        var share = new ProgressPart(progress, BulletinSound.SpokenShare, 1);
        return await ReplaceAsync(before, draft, parts, actor, share, cancellationToken);
    }

    private async Task<Bulletin> ReplaceAsync(
        Bulletin before, BulletinDraft draft, PartPlan parts, Actor actor, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var master = await sound.PrepareAsync(draft, parts, progress, cancellationToken);
        var detail = new { parts.Language, parts.Spoken?.Voice, parts.Spoken?.AskedVoice };
        return await revision.ReplaceAsync(
            before, draft, (master, parts.All), ("bulletin.variant", detail), actor, cancellationToken);
    }

    private async Task<(Bulletin Before, Grants Grants, PartPlan Parts)> PlanAsync(
        long id, string name, Actor actor, CancellationToken cancellationToken)
    {
        var language = PlainText.Name(name);
        var (before, grants) = await revision.BeginAsync(id, actor, cancellationToken);
        if (before.Origin is BulletinOrigin.Programme or BulletinOrigin.Melody)
        {
            throw new RefusedException(BulletinRefusal.NoWords);
        }

        var order = (await areas.LoadAsync(cancellationToken)).LanguagesOf(before.AreaId);
        return (before, grants, Plan(before, language, order));
    }

    // Everything but the new words is copied from the master.
    private PartPlan Plan(Bulletin bulletin, string language, LanguageOrder order)
    {
        var rows = BulletinRevision.RowsOf(bulletin);
        var (first, last) = (rows.FindIndex(IsWords), rows.FindLastIndex(IsWords));
        List<BulletinPart> words = [.. rows.Where(IsWords).OrderBy(row => order.PlaceOf(LanguageOf(row)))];
        if (words.Exists(row => LanguageOrder.IsSame(LanguageOf(row), language)))
        {
            throw new RefusedException(BulletinRefusal.LanguageTaken, language);
        }

        var place = order.PlaceOf(language);
        var earlier = words.Where(row => order.PlaceOf(LanguageOf(row)) <= place).ToList();
        var master = files.MasterOf(bulletin);
        PlannedPart CopyOf(BulletinPart row) => PlannedPart.Of(row, master);
        PlannedPart WordsOf(BulletinPart row) => CopyOf(row) with { Language = LanguageOf(row) };
        return new PartPlan(
            [.. rows[..first].Select(CopyOf), .. earlier.SelectMany(row => new[] { WordsOf(row), Pause() })],
            [.. words.Except(earlier).SelectMany(row => new[] { Pause(), WordsOf(row) }), .. rows[(last + 1)..].Select(CopyOf)])
        {
            Language = language,
        };
    }

    private static bool IsWords(BulletinPart row) => row.Kind == PartKind.Words;

    private static string LanguageOf(BulletinPart words) => words.Language ?? LanguageOrder.Vietnamese;

    private static PlannedPart Pause() => new(PartKind.Pause, new PausePart(Between));
}
