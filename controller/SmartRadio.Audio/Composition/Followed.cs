namespace SmartRadio.Audio;

/// <summary>Lets a sound pass and reports how much of it has.</summary>
internal sealed class Followed(ISampleProvider source, TimeSpan expected, IProgress<double>? progress, CancellationToken ct = default) : ISampleProvider
{
    private long samples;

    public int SampleRate => source.SampleRate;

    /// <exception cref="OperationCanceledException">The sound is no longer wanted.</exception>
    public int Read(Span<float> buffer)
    {
        ct.ThrowIfCancellationRequested();
        var read = source.Read(buffer);
        samples += read;
        progress?.Report(Math.Min(1, samples / (expected.TotalSeconds * SampleRate)));
        return read;
    }
}
