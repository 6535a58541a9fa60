using Microsoft.Extensions.Options;
using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Files;
using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio;

/// <summary>Makes masters of masters: joins several, or keeps a stretch of one.</summary>
public sealed class MasterComposer(IOptions<AudioOptions> options)
{
    private const double HeardShare = 0.4;
    private readonly AudioOptions _options = options.Value;

    /// <summary>Joins parts in their order. Each keeps its loudness: masters have the same already.</summary>
    /// <param name="parts">At least one that sounds.</param>
    /// <param name="masterPath">Where the master goes, in an existing folder. It appears there whole or not at all.</param>
    /// <param name="progress">Is given the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work and leaves nothing.</param>
    /// <exception cref="AudioRefusedException">The whole is too long, or the disk is full; nothing was left.</exception>
    /// <exception cref="InvalidDataException">A file is no master.</exception>
    public Task<Master> JoinAsync(
        IReadOnlyList<SoundPart> parts, string masterPath, IProgress<double>? progress, CancellationToken cancellationToken) =>
        WorkAsync(() =>
        {
            using var open = new PartSequence();
            open.Add(parts, _options);
            var most = _options.MaxLength.TotalSeconds * Master.SampleRate;
            return open.Samples <= most
                ? MasterWriter.Write(open, sourceLoudness: null, masterPath, progress, cancellationToken)
                : throw new AudioRefusedException(AudioRefusal.TooLong, $"The whole is longer than {_options.MaxLength}.");
        }, cancellationToken);

    /// <summary>Keeps a stretch of a master's words, as loud as it is: a second levelling would change its sound.</summary>
    /// <param name="words">What is kept. Nothing more is cut from its ends, even if it is silent there.</param>
    /// <param name="around">What stands before and after it; its high-pass is not used, the master has gone through one.</param>
    /// <param name="masterPath">Where the new master goes; not the file that <paramref name="words"/> reads.</param>
    /// <param name="progress">Is given the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work and leaves nothing.</param>
    /// <exception cref="AudioRefusedException">The stretch is silent, or the disk is full; nothing was left.</exception>
    /// <exception cref="InvalidDataException">A file is no master.</exception>
    public Task<Master> TrimAsync(
        StretchPart words, PreparationOptions around, string masterPath, IProgress<double>? progress,
        CancellationToken cancellationToken) =>
        WorkAsync(() =>
        {
            var loudness = LoudnessOf(words, new ProgressPart(progress, 0, HeardShare), cancellationToken);
            if (loudness < AudioPreparer.SilentBelowLufs)
            {
                throw new AudioRefusedException(AudioRefusal.Silent, $"The stretch has {loudness:F1} LUFS.");
            }

            using var parts = new PartSequence();
            parts.Add([.. around.Before, words, .. around.After], _options);
            return MasterWriter.Write(
                parts, loudness, masterPath, new ProgressPart(progress, HeardShare, 1), cancellationToken);
        }, cancellationToken);

    private double LoudnessOf(SoundPart part, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var open = part.Open(_options);
        using (open.File)
        {
            var meter = new LoudnessMeter(Master.SampleRate);
            var length = TimeSpan.FromSeconds((double)open.Samples / Master.SampleRate);
            foreach (var samples in new Followed(open.Sound, length, progress, cancellationToken).Pieces())
            {
                meter.Add(samples.Span);
            }

            return meter.Integrated();
        }
    }

    private static async Task<Master> WorkAsync(Func<Master> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (IOException error) when (FullDisk.Is(error))
        {
            throw FullDisk.Refusal(error);
        }
    }
}
