using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Audio.Codecs;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Makes the sound of a bulletin in the making, and says its refusals in the words of bulletins.</summary>
public sealed class BulletinSound(
    ISpeechSynthesizer synthesizer,
    AudioPreparer preparer,
    PreviewEncoder previews,
    IOptions<AudioOptions> limits,
    DataFolder data,
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

    /// <exception cref="RefusedException"><see cref="BulletinRefusal.UnknownVoice"/>.</exception>
    internal void CheckVoice(string voice)
    {
        if (!synthesizer.Voices.Any(each => each.Id == voice))
        {
            throw new RefusedException(BulletinRefusal.UnknownVoice);
        }
    }

    /// <summary>Takes a place for the work, before any of it is done.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.OwnSoundsAtWork"/>, <see cref="BulletinRefusal.SoundsAtWork"/>, <see cref="Refusal.DiskFull"/>.
    /// </exception>
    internal BulletinDraft Begin(string title, BulletinOrigin origin, string author, bool mayAlert) =>
        new(title, origin, places.Take(author, mayAlert), data);

    internal void Keep(BulletinDraft draft, long bulletinId) => draft.MoveTo(files.FolderOf(bulletinId));

    /// <summary>Speaks a text into the draft's source.</summary>
    /// <exception cref="RefusedException">It cannot be spoken, a program is missing, or the disk is full.</exception>
    internal async Task SpeakAsync(BulletinDraft draft, string text, string voice, CancellationToken cancellationToken)
    {
        try
        {
            await synthesizer.SpeakAsync(text, voice, draft.Source, cancellationToken);
        }
        catch (AudioRefusedException refused)
        {
            throw Refused(draft, refused);
        }
    }

    /// <summary>Makes master and preview of the draft's source.</summary>
    /// <exception cref="RefusedException">
    /// It is no sound that can be taken, a program is missing, or the disk is full.
    /// </exception>
    internal async Task<Master> PrepareAsync(
        BulletinDraft draft, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (!draft.IsUrgent)
        {
#pragma warning disable RS0030 // Never in the simulation: it has programs make sound.
            await _processors.WaitAsync(cancellationToken);
#pragma warning restore RS0030
        }

        try
        {
            var master = await preparer.PrepareAsync(
                draft.Source, draft.Master, PreparationOptions.Default,
                new ProgressPart(progress, 0, PreparedShare), cancellationToken);
            if (master.Length > ObjectFile.LongestSound)
            {
                throw new RefusedException(BulletinRefusal.SoundTooLong, ObjectFile.LongestSound);
            }

            await previews.EncodeAsync(draft.Master, draft.Preview, cancellationToken);
            progress?.Report(1);
            return master;
        }
        catch (AudioRefusedException refused)
        {
            throw Refused(draft, refused);
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
        return SoundRefusals.Of(refused, limits.Value, draft.Origin);
    }
}
