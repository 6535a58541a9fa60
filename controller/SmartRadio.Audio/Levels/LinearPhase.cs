using NAudio.Wave;
using NAudio.Wave.SampleProviders;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Runs a filter of finite length over a sound. All of the sound is late by the same time, which is made up for: it keeps its
/// length and its place, and its peaks do not grow as they do where a filter delays low tones more than high ones.
/// </summary>
internal sealed class LinearPhase : ISampleProvider
{
    private readonly float[] _filter;
    private readonly OffsetSampleProvider _source;

    // The samples the next output still needs, then those just read.
    private float[] _samples;
    private bool _started;

    /// <param name="source">The sound.</param>
    /// <param name="filter">Symmetric, an odd number of taps.</param>
    public LinearPhase(ISampleProvider source, float[] filter)
    {
        _filter = filter;
        _samples = new float[filter.Length - 1];
        _source = new OffsetSampleProvider(source) { LeadOutSamples = filter.Length / 2 };
        WaveFormat = source.WaveFormat;
    }

    public WaveFormat WaveFormat { get; }

    public int Read(Span<float> buffer)
    {
        var history = _filter.Length - 1;
        if (!_started)
        {
            // The first output has the first sample in the middle of the filter, silence before it.
            _started = true;
            _source.Read(_samples.AsSpan(history - (_filter.Length / 2)));
        }

        if (_samples.Length < history + buffer.Length)
        {
            Array.Resize(ref _samples, history + buffer.Length);
        }

        var count = _source.Read(_samples.AsSpan(history, buffer.Length));
        for (var i = 0; i < count; i++)
        {
            buffer[i] = Fir.Apply(_filter, _samples.AsSpan(i, _filter.Length));
        }

        _samples.AsSpan(count, history).CopyTo(_samples);
        return count;
    }
}
