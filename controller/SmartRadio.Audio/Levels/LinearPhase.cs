using NAudio.Wave;
using NAudio.Wave.SampleProviders;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Runs a filter of finite length over a sound, and may keep only every second sample or fewer. All of the sound is late by the
/// same time, which is made up for: it keeps its length and its place, and its peaks do not grow as they do where a filter delays
/// low tones more than high ones.
/// </summary>
internal sealed class LinearPhase : ISampleProvider
{
    private readonly float[] _filter;
    private readonly int _step;
    private readonly OffsetSampleProvider _source;

    // The samples the next output still needs, then those just read.
    private float[] _samples;
    private bool _started;

    /// <param name="source">The sound.</param>
    /// <param name="filter">Symmetric, an odd number of taps.</param>
    /// <param name="step">Of so many samples one is kept.</param>
    public LinearPhase(ISampleProvider source, float[] filter, int step = 1)
    {
        _filter = filter;
        _step = step;
        _samples = new float[filter.Length - step];
        _source = new OffsetSampleProvider(source) { LeadOutSamples = filter.Length / 2 };
        WaveFormat = WaveFormat.CreateIeeeFloatWaveFormat(source.WaveFormat.SampleRate / step, source.WaveFormat.Channels);
    }

    public WaveFormat WaveFormat { get; }

    public int Read(Span<float> buffer)
    {
        var history = _filter.Length - _step;
        if (!_started)
        {
            // The first output has the first sample in the middle of the filter, silence before it.
            _started = true;
            _source.Read(_samples.AsSpan(history - (_filter.Length / 2) + _step - 1));
        }

        if (_samples.Length < history + (_step * buffer.Length))
        {
            Array.Resize(ref _samples, history + (_step * buffer.Length));
        }

        var count = _source.Read(_samples.AsSpan(history, _step * buffer.Length)) / _step;
        for (var i = 0; i < count; i++)
        {
            buffer[i] = Fir.Apply(_filter, _samples.AsSpan(_step * i, _filter.Length));
        }

        _samples.AsSpan(_step * count, history).CopyTo(_samples);
        return count;
    }
}
