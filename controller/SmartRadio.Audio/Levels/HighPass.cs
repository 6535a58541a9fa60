using NAudio.Wave;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// A fourth-order Butterworth high-pass (24 dB an octave): steep enough that a horn gets nothing below its own cut-off.
/// </summary>
internal sealed class HighPass : ISampleProvider
{
    private readonly ISampleProvider _source;
    private readonly Biquad _first;
    private readonly Biquad _second;

    /// <param name="source">The sound.</param>
    /// <param name="cutoff">Where it is 3 dB down, 20 to 1,000 Hz.</param>
    public HighPass(ISampleProvider source, double cutoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cutoff, 1000);
        _source = source;

        // The two pole pairs of the fourth-order Butterworth: Q = 1 / (2 cos(pi/8)) and 1 / (2 cos(3 pi/8)).
        _first = Biquad.HighPass(cutoff, 0.541196, source.WaveFormat.SampleRate);
        _second = Biquad.HighPass(cutoff, 1.306563, source.WaveFormat.SampleRate);
    }

    public WaveFormat WaveFormat => _source.WaveFormat;

    public int Read(Span<float> buffer)
    {
        var read = _source.Read(buffer);
        foreach (ref var sample in buffer[..read])
        {
            sample = (float)_second.Next(_first.Next(sample));
        }

        return read;
    }
}
