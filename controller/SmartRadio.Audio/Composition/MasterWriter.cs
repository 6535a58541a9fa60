using NAudio.Wave;
using NAudio.Wave.SampleProviders;
using SmartRadio.Audio.Files;
using SmartRadio.Audio.Levels;
using SmartRadio.Audio.Wav;

namespace SmartRadio.Audio.Composition;

/// <summary>Writes the parts of a master one after the other, and measures the whole on the way.</summary>
internal static class MasterWriter
{
    /// <param name="parts">At least one.</param>
    /// <param name="sourceLoudness">Of what came in, in LUFS; null = that of the whole.</param>
    /// <param name="masterPath">Where it goes, in an existing folder. It appears there whole or not at all.</param>
    /// <param name="progress">Is given the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work and leaves nothing.</param>
    /// <exception cref="IOException">It cannot be written; nothing was left.</exception>
    public static Master Write(
        PartSequence parts, double? sourceLoudness, string masterPath, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var length = LengthOf(parts.Samples);
        var whole = new ConcatenatingSampleProvider(parts.All.Select(part => part.Sound));
        var meter = new LoudnessMeter(Master.SampleRate);
        var waveform = new Waveform(parts.Samples);

        using var file = new NewFile(masterPath);
        using (var writer = new WaveFileWriter(file.Stream, MasterFile.Format))
        {
            foreach (var samples in new Followed(whole, length, progress, cancellationToken).Pieces())
            {
                Pcm16.Write(writer, samples.Span);
                meter.Add(samples.Span);
                waveform.Add(samples.Span);
            }
        }

        file.Keep();
        var loudness = meter.Integrated();
        return new Master(masterPath, length, loudness, sourceLoudness ?? loudness, waveform.ToBytes())
        {
            Parts = [.. parts.All.Select(part => LengthOf(part.Samples))],
        };
    }

    private static TimeSpan LengthOf(long samples) => TimeSpan.FromSeconds((double)samples / Master.SampleRate);
}
