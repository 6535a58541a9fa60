using NAudio.Wave;
using NAudio.Wave.SampleProviders;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Takes off what no horn gives: flat to 6.9 kHz, 60 dB down from 7.5, at 16 kHz. What is above would only take room under the
/// ceiling. Its phase is linear, so no peak grows by it, and the sound keeps its length and its place.
/// </summary>
internal sealed class LowPass : ISampleProvider
{
    // Kaiser's rules for 60 dB and a transition of 550 Hz at 16 kHz ask for 107 taps.
    private const int Taps = 107;
    private const double Beta = 5.65;
    private const double Cutoff = 7.2 / 16;
    private const int Delay = Taps / 2;

    private static readonly float[] Filter = Fir.LowPass(Taps, Cutoff, Beta);

    private readonly OffsetSampleProvider _source;

    // The samples the next output still needs, then those just read.
    private float[] _samples = new float[Taps - 1];
    private bool _started;

    /// <param name="source">A sound of 16 kHz.</param>
    public LowPass(ISampleProvider source)
    {
        _source = new OffsetSampleProvider(source) { LeadOutSamples = Delay };
        WaveFormat = source.WaveFormat;
    }

    public WaveFormat WaveFormat { get; }

    public int Read(Span<float> buffer)
    {
        if (!_started)
        {
            // The first output has the first sample in the middle of the filter, silence before it.
            _started = true;
            _source.Read(_samples.AsSpan(Taps - 1 - Delay));
        }

        if (_samples.Length < Taps - 1 + buffer.Length)
        {
            Array.Resize(ref _samples, Taps - 1 + buffer.Length);
        }

        var count = _source.Read(_samples.AsSpan(Taps - 1, buffer.Length));
        for (var i = 0; i < count; i++)
        {
            buffer[i] = Fir.Apply(Filter, _samples.AsSpan(i, Taps));
        }

        _samples.AsSpan(count, Taps - 1).CopyTo(_samples);
        return count;
    }
}
