using NAudio.Wave;
using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// Turns any file people bring into samples, by ffmpeg in a process of its own: decoders inside this process, NAudio's among them, can be
/// neither limited nor killed.
/// </summary>
internal sealed class AudioDecoder(AudioOptions options, TimeProvider clock)
{
    // What containers declare may be off by encoder delay and padding, and by a little more in long recordings of phones.
    private const double LeastShare = 0.99;
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>Decodes a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="consume">Reads the sound to its end: mono, at <see cref="Master.SampleRate"/>. Runs on a thread of the pool.</param>
    /// <param name="progress">Is given the share that is done, 0 to 1.</param>
    /// <param name="ct">Kills ffmpeg.</param>
    /// <exception cref="AudioRefusedException">The file is refused; what was read of it is worth nothing.</exception>
    public async Task DecodeAsync(string path, Action<ISampleProvider> consume, IProgress<double>? progress, CancellationToken ct)
    {
        var ffprobe = ToolProgram.Find(options.FfprobePath, "ffprobe", AudioRefusal.FfmpegMissing);
        var ffmpeg = ToolProgram.Find(options.FfmpegPath, "ffmpeg", AudioRefusal.FfmpegMissing);
        var limits = new ToolLimits(options.DecodeTimeout, options.MaxToolMemoryMegabytes, FileBytes: 0);
        var probe = await SourceProbe.ReadAsync(path, ffprobe, limits, clock, ct);
        if (probe.DeclaredLength > options.MaxLength)
        {
            throw new AudioRefusedException(AudioRefusal.TooLong, $"The file declares {probe.DeclaredLength}, more than {options.MaxLength}.");
        }

        await using var sound = DecodedSound.Open(path, ffmpeg, limits, options.MaxLength, clock, ct);
        await Task.Run(() => consume(new Followed(sound, probe.DeclaredLength ?? options.MaxLength, progress)), ct);
        var exit = await sound.WaitAsync();
        Check(path, probe, sound, exit);
    }

    private static void Check(string path, SourceProbe probe, DecodedSound sound, ToolExit exit)
    {
        var tooShort = probe.DeclaredLength is { } declared && sound.Length < (declared * LeastShare) - Tolerance;

        // What a browser records declares no length; its parts declare theirs.
        var partCut = exit.Complaints.Contains("File ended prematurely", StringComparison.Ordinal);
        if (tooShort || partCut || CutEnd.IsCut(path))
        {
            throw new AudioRefusedException(AudioRefusal.Truncated, $"{sound.Length} of {probe.DeclaredLength} could be read. {exit.Complaints}");
        }

        if (sound.Samples == 0)
        {
            var reason = exit.Code == 0 ? AudioRefusal.Empty : AudioRefusal.NotAudio;
            throw new AudioRefusedException(reason, $"No sample could be read. {exit.Complaints}");
        }

        if (exit.Code != 0)
        {
            throw new AudioRefusedException(AudioRefusal.Truncated, $"ffmpeg ended with {exit.Code}. {exit.Complaints}");
        }
    }
}
