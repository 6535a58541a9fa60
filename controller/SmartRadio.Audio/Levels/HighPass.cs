using NAudio.Wave;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// A fourth-order Butterworth high-pass (24 dB an octave): steep enough that a horn gets nothing below its own cut-off. It starts
/// as if the constant part of the sound had always been there: the offset of a cheap sound card makes no thump.
/// </summary>
internal sealed class HighPass : ISampleProvider
{
    // Long enough that the mean of speech in it is near to nothing.
    private const double BeginningSeconds = 0.5;

    // Below -46 dBFS a step cannot be heard beside speech.
    private const double LeastOffset = 0.005;

    private readonly ISampleProvider _source;
    private readonly Biquad _first;
    private readonly Biquad _second;
    private ReadOnlyMemory<float> _beginning;
    private bool _started;

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
        if (!_started)
        {
            Start();
        }

        var read = Math.Min(buffer.Length, _beginning.Length);
        _beginning.Span[..read].CopyTo(buffer);
        _beginning = _beginning[read..];
        if (read < buffer.Length)
        {
            read += _source.Read(buffer[read..]);
        }

        foreach (ref var sample in buffer[..read])
        {
            sample = (float)_second.Next(_first.Next(sample));
        }

        return read;
    }

    private void Start()
    {
        _started = true;
        var beginning = new float[(int)(BeginningSeconds * WaveFormat.SampleRate)];
        _beginning = beginning.AsMemory(0, _source.Read(beginning));
        double sum = 0;
        foreach (var sample in _beginning.Span)
        {
            sum += sample;
        }

        var mean = _beginning.Length == 0 ? 0 : sum / _beginning.Length;
        _first.SettleAt(Math.Abs(mean) < LeastOffset ? 0 : mean);
    }
}
