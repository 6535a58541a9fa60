using Microsoft.Extensions.Options;
using SmartRadio.Audio.Composition;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <param name="BulletinId">One that is not approved.</param>
/// <param name="Language">Its name, as <see cref="LanguageOrder"/> has it.</param>
/// <param name="Content">Any sound file; read once, not closed.</param>
public sealed record VariantRequest(long BulletinId, string Language, Stream Content);

/// <summary>
/// Adds the words of a bulletin in another language, before it is approved. All its words then sound in the order that its area
/// sets now, with a pause between them; opening and closing stay.
/// </summary>
public sealed class AddVariant(
    BulletinSound sound, BulletinFiles files, BulletinRevision revision, AreaQuery areas, IOptions<BulletinOptions> options)
{
    /// <summary>Silence between two languages.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(1.5);

    /// <exception cref="RefusedException">
    /// The language's name is not accepted, <see cref="BulletinRefusal.LanguageTaken"/>, <see cref="BulletinRefusal.NoWords"/>,
    /// <see cref="BulletinRefusal.UnknownBulletin"/>, <see cref="BulletinRefusal.NotAuthor"/>,
    /// <see cref="BulletinRefusal.AlreadyApproved"/>, <see cref="BulletinRefusal.SoundChanged"/>, or file or sound is not
    /// accepted, all places are taken, ffmpeg is missing, the disk is full.
    /// </exception>
    public async Task<Bulletin> HandleAsync(
        VariantRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var language = PlainText.Name(request.Language);
        var (before, grants) = await revision.BeginAsync(request.BulletinId, actor, cancellationToken);
        if (before.Origin is BulletinOrigin.Programme or BulletinOrigin.Melody)
        {
            throw new RefusedException(BulletinRefusal.NoWords);
        }

        var order = (await areas.LoadAsync(cancellationToken)).LanguagesOf(before.AreaId);
        var parts = Plan(before, language, order);
        using var draft = sound.Begin(
            before.Title, BulletinOrigin.Upload, before.CreatedById, grants.MayAnywhere(Right.Alert));
        await revision.CheckSoundAsync(before, cancellationToken);
        await draft.ReceiveAsync(request.Content, options.Value.MaxUploadBytes, cancellationToken);
        var master = await sound.PrepareAsync(draft, parts, progress, cancellationToken);
        return await revision.ReplaceAsync(
            before, draft, (master, parts.All), ("bulletin.variant", new { Language = language }), actor, cancellationToken);
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
