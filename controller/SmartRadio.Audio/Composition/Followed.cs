using NAudio.Wave;

namespace SmartRadio.Audio.Composition;

/// <summary>Lets a sound pass and reports how much of it has. NAudio has no provider that can be stopped or followed.</summary>
internal sealed class Followed(
    ISampleProvider source, TimeSpan expected, IProgress<double>? progress, CancellationToken cancellationToken = default)
        : ISampleProvider
{
    private long _samples;

    public WaveFormat WaveFormat => source.WaveFormat;

    /// <exception cref="OperationCanceledException">The sound is no longer wanted.</exception>
    public int Read(Span<float> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = source.Read(buffer);
        _samples += read;
        progress?.Report(Math.Min(1, _samples / (expected.TotalSeconds * WaveFormat.SampleRate)));
        return read;
    }
}
