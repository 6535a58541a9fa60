using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Audio.Codecs;
using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Reading;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Objects;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Makes the sound of a bulletin in the making, and says its refusals in the words of bulletins.</summary>
public sealed class BulletinSound(
    ISpeechSynthesizer synthesizer,
    AudioPreparer preparer,
    MasterComposer composer,
    PreviewEncoder previews,
    IOptions<AudioOptions> limits,
    BulletinFiles files,
    SoundPlaces places,
    ILogger<BulletinSound> logger) : IDisposable
{
    /// <summary>The part of the work that speaking takes.</summary>
    internal const double SpokenShare = 0.3;

    private const double PreparedShare = 0.9;

    // Each preparation keeps a processor busy; more at once would only take memory.
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);

    public void Dispose() => _processors.Dispose();

    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.UnknownVoice"/>, <see cref="BulletinRefusal.SpeedOutOfRange"/>,
    /// <see cref="BulletinRefusal.PitchOutOfRange"/>.
    /// </exception>
    internal void CheckVoice(VoiceChoice voice)
    {
        if (!synthesizer.Voices.Any(each => each.Id == voice.Id))
        {
            throw new RefusedException(BulletinRefusal.UnknownVoice);
        }

        // Written so that no number at all is out of range too.
        if (!(voice.Speed >= VoiceChoice.Slowest && voice.Speed <= VoiceChoice.Fastest))
        {
            throw new RefusedException(BulletinRefusal.SpeedOutOfRange, VoiceChoice.Slowest, VoiceChoice.Fastest);
        }

        if (voice.Pitch is < VoiceChoice.Lowest or > VoiceChoice.Highest)
        {
            throw new RefusedException(BulletinRefusal.PitchOutOfRange, VoiceChoice.Lowest, VoiceChoice.Highest);
        }
    }

    /// <summary>Takes a place for the work, before any of it is done.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.OwnSoundsAtWork"/>, <see cref="BulletinRefusal.SoundsAtWork"/>, <see cref="Refusal.DiskFull"/>.
    /// </exception>
    internal BulletinDraft Begin(
        string title, BulletinOrigin origin, string author, bool mayAlert, string? fileName = null) =>
        new(title, origin, places.Take(author, mayAlert), files) { FileName = fileName };

    internal void Keep(BulletinDraft draft, long bulletinId) => draft.MoveTo(files.FolderOf(bulletinId));

    /// <summary>Speaks a text that was read into the draft's source.</summary>
    /// <returns>The id of the voice that spoke.</returns>
    /// <exception cref="RefusedException">It cannot be spoken, a program is missing, or the disk is full.</exception>
    internal async Task<string> SpeakAsync(
        BulletinDraft draft, ReadText text, VoiceChoice voice, CancellationToken cancellationToken)
    {
        try
        {
            return await synthesizer.SpeakAsync(text.Spoken, voice, draft.Source, cancellationToken);
        }
        catch (AudioRefusedException refused)
        {
            throw synthesizer.LanguageOf(voice.Id) is { } language && SoundRefusals.IsOfVoice(refused)
                ? new RefusedException(BulletinRefusal.VoiceSilent, language)
                : Refused(draft, refused);
        }
    }

    /// <summary>Makes master and preview of the draft's source.</summary>
    /// <exception cref="RefusedException">
    /// It is no sound that can be taken, a program is missing, or the disk is full.
    /// </exception>
    internal Task<Master> PrepareAsync(
        BulletinDraft draft, PartPlan parts, IProgress<double>? progress, CancellationToken cancellationToken) =>
        MakeAsync(
            draft, share => preparer.PrepareAsync(draft.Source, draft.Master, Around(parts), share, cancellationToken),
            progress, cancellationToken);

    /// <summary>Makes master and preview of parts that are there.</summary>
    /// <exception cref="RefusedException">The whole is too long, ffmpeg is missing, or the disk is full.</exception>
    internal Task<Master> JoinAsync(
        BulletinDraft draft, IReadOnlyList<PlannedPart> parts, IProgress<double>? progress,
        CancellationToken cancellationToken) =>
        MakeAsync(
            draft, share => composer.JoinAsync([.. parts.Select(part => part.Sound!)], draft.Master, share, cancellationToken),
            progress, cancellationToken);

    /// <summary>Makes master and preview of a stretch of words that are there.</summary>
    /// <exception cref="RefusedException">The stretch is silent, ffmpeg is missing, or the disk is full.</exception>
    internal Task<Master> TrimAsync(
        BulletinDraft draft, StretchPart words, PartPlan parts, IProgress<double>? progress,
        CancellationToken cancellationToken) =>
        MakeAsync(
            draft, share => composer.TrimAsync(words, Around(parts), draft.Master, share, cancellationToken),
            progress, cancellationToken);

    private static PreparationOptions Around(PartPlan parts) => new()
    {
        Before = [.. parts.Before.Select(part => part.Sound!)],
        After = [.. parts.After.Select(part => part.Sound!)],
    };

    private async Task<Master> MakeAsync(
        BulletinDraft draft, Func<IProgress<double>, Task<Master>> make, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        if (!draft.IsUrgent)
        {
#pragma warning disable RS0030 // Never in the simulation: it has programs make sound.
            await _processors.WaitAsync(cancellationToken);
#pragma warning restore RS0030
        }

        try
        {
            var master = await make(new ProgressPart(progress, 0, PreparedShare));
            if (master.Length > ObjectFile.LongestSound)
            {
                throw new RefusedException(BulletinRefusal.SoundTooLong, ObjectFile.LongestSound).About(draft.FileName);
            }

            await previews.EncodeAsync(draft.Master, draft.Preview, cancellationToken);
            progress?.Report(1);
            return master;
        }
        catch (AudioRefusedException refused)
        {
            throw Refused(draft, refused);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Its author gave a sound that stands in this one another form just now.
            logger.LogInformation(error, "Bulletin {Title} was not made", draft.Title);
            throw new RefusedException(BulletinRefusal.PartChanged).About(draft.FileName);
        }
        finally
        {
            if (!draft.IsUrgent)
            {
                _processors.Release();
            }
        }
    }

    private RefusedException Refused(BulletinDraft draft, AudioRefusedException refused)
    {
        logger.LogInformation(refused, "Bulletin {Title} was not made", draft.Title);
        return SoundRefusals.Of(refused, limits.Value, draft.Origin).About(draft.FileName);
    }
}
