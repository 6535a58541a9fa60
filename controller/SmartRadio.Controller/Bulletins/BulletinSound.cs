using SmartRadio.Audio;
using SmartRadio.Audio.Codecs;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Prepares the sound of a bulletin in the making.</summary>
public sealed class BulletinSound(AudioPreparer preparer, PreviewEncoder previews, DataFolder data, BulletinFiles files) : IDisposable
{
    /// <summary>The part of the work that speaking takes.</summary>
    internal const double SpokenShare = 0.3;

    private const double PreparedShare = 0.9;

    // Each preparation keeps a processor busy; more at once would only take memory.
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    public void Dispose() => _places.Dispose();

    internal BulletinDraft Begin() => new(data);

    internal void Keep(BulletinDraft draft, long bulletinId) => draft.MoveTo(files.FolderOf(bulletinId));

    /// <exception cref="AudioRefusedException">The source is no sound that can be taken.</exception>
    /// <exception cref="RefusedException"><see cref="BulletinRefusal.SoundTooLong"/>.</exception>
    internal async Task<Master> PrepareAsync(BulletinDraft draft, IProgress<double> progress, CancellationToken cancel)
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
                throw new RefusedException(BulletinRefusal.SoundTooLong, ObjectFile.LongestSound);
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
}
