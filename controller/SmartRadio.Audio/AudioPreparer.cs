using Microsoft.Extensions.Options;
using NAudio.Wave;
using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Decoding;
using SmartRadio.Audio.Files;
using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio;

/// <summary>
/// Makes a master of any sound: decode, keep a horn's band, trim silence, even its speakers, set the loudness, limit, put the
/// other parts around it. The chain runs twice: once to hear how loud the sound is and where it begins, once to write it.
/// </summary>
public sealed class AudioPreparer(IOptions<AudioOptions> options, TimeProvider clock)
{
    /// <summary>Quieter than this, in LUFS, a recording may hold nothing but the noise of its microphone.</summary>
    public const double SilentBelowLufs = -60;

    // Speech stands out from its pauses by more than this, in dB; noise is as loud all the time.
    private const double SpeechStandsOut = 12;

    // What lies this far below a sound's loudness is the room between words, in dB; speech spans about 30.
    private const double TrimBelow = 35;

    private const double DecodeShare = 0.6;
    private const double LevelShare = 0.8;
    private readonly AudioOptions _options = options.Value;

    /// <summary>Prepares a sound.</summary>
    /// <param name="inputPath">Any file people bring.</param>
    /// <param name="masterPath">Where the master goes, in an existing folder. It appears there whole or not at all, in place of
    /// an older one.</param>
    /// <param name="preparation">What the author chose.</param>
    /// <param name="progress">Is given the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work and leaves nothing.</param>
    /// <exception cref="AudioRefusedException">The sound was not taken; nothing was left.</exception>
    public async Task<Master> PrepareAsync(
        string inputPath, string masterPath, PreparationOptions preparation, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            using var draft = new Draft(masterPath + ".draft");
            SoundRepairs repairs;
            var sourceMeter = new LoudnessMeter(Master.SampleRate);
            await using (var sound = await new AudioDecoder(_options, clock).OpenAsync(inputPath, cancellationToken))
            {
                var followed = new Followed(sound, sound.Expected, new ProgressPart(progress, 0, DecodeShare));
                await Task.Run(
                    () => draft.Fill(InBand(new Metered(followed, sourceMeter), preparation)), cancellationToken);
                await sound.CheckAsync();
                repairs = sound.Repairs;
            }

            var master = await Task.Run(
                () => WriteMaster(draft, sourceMeter.Integrated(), masterPath, preparation, progress, cancellationToken),
                cancellationToken);
            return master with { Repairs = repairs | (draft.Evening is null ? SoundRepairs.None : SoundRepairs.Evened) };
        }
        catch (IOException error) when (FullDisk.Is(error))
        {
            throw FullDisk.Refusal(error);
        }
    }

    private static LowPass InBand(ISampleProvider sound, PreparationOptions preparation) =>
        new(preparation.HighPassHz is { } cutoff ? new HighPass(sound, cutoff) : sound);

    private Master WriteMaster(
        Draft draft, double sourceLoudness, string masterPath, PreparationOptions preparation, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        if (double.IsNegativeInfinity(draft.Loudness) || (draft.Loudness < SilentBelowLufs && draft.Contrast < SpeechStandsOut))
        {
            throw new AudioRefusedException(AudioRefusal.Silent, $"The sound has {draft.Loudness:F1} LUFS after the high-pass.");
        }

        var level = new Levelling(draft, _options.TargetLufs, _options.PeakCeilingDb, TrimBelow);
        level.Adjust(new ProgressPart(progress, DecodeShare, LevelShare), cancellationToken);

        using var parts = new PartSequence();
        parts.Add(preparation.Before, _options);
        parts.Add(level.Open(), level.Samples);
        parts.Add(preparation.After, _options);
        return MasterWriter.Write(
            parts, sourceLoudness, masterPath, new ProgressPart(progress, LevelShare, 1), cancellationToken);
    }
}
