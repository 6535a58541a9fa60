using NAudio.Wave;
using NAudio.Wave.SampleProviders;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Keeps peaks, those between samples too, under a ceiling. It looks ahead: the gain falls smoothly before a peak arrives and is
/// down when it is there, so nothing is clipped and nothing clicks. The sound keeps its length and its place.
/// NAudio's limiter lets true peaks of +0.4 dBFS through a ceiling of -1, and its gain jumps by up to 3.2 dB from one sample to
/// the next.
/// </summary>
internal sealed class Limiter : ISampleProvider
{
    private const double LookAheadSeconds = 0.001;

    // By how much a meter with more than four times oversampling may read higher, and 16 bits round up, in dB.
    private const double Margin = 0.2;

    // A voice is a row of pulses. The gain is back before the next one, so the rest of a syllable keeps its level, and what is
    // added are harmonics of the voice itself. With 5 and 30 ms speech lost twice the loudness to the limiter, and as much
    // more of its intelligibility.
    private const double ReleaseSeconds = 0.005;

    private readonly OffsetSampleProvider _source;
    private readonly float _ceiling;
    private readonly double _release;
    private readonly TruePeak _truePeak = new();
    private readonly SlidingMinimum _needed;
    private readonly double[] _gains;
    private readonly float[] _delay;
    private double _gain = 1;
    private double _sumOfGains;
    private int _gainPosition;
    private int _delayPosition;
    private bool _started;

    /// <param name="source">The sound.</param>
    /// <param name="ceilingDb">The highest true peak of the result, in dBFS.</param>
    public Limiter(ISampleProvider source, double ceilingDb)
    {
        var lookAhead = (int)(LookAheadSeconds * source.WaveFormat.SampleRate);
        _ceiling = (float)Decibels.ToFactor(ceilingDb - Margin);
        _release = 1 - Math.Exp(-1 / (ReleaseSeconds * source.WaveFormat.SampleRate));
        _needed = new SlidingMinimum(lookAhead);
        _gains = new double[lookAhead];
        Array.Fill(_gains, 1.0);
        _sumOfGains = lookAhead;
        _delay = new float[lookAhead - 1 + TruePeak.Delay];

        // Answers come late: silence after the sound brings the last of them.
        _source = new OffsetSampleProvider(source) { LeadOutSamples = _delay.Length };
    }

    public WaveFormat WaveFormat => _source.WaveFormat;

    public int Read(Span<float> buffer)
    {
        if (!_started)
        {
            _started = true;
            Span<float> lead = stackalloc float[_delay.Length];
            Pass(lead[.._source.Read(lead)]);
        }

        var read = _source.Read(buffer);
        Pass(buffer[..read]);
        return read;
    }

    // The gain for a sample is the mean of as many running minima as the look-ahead is long. Each of those saw the sample, so the
    // mean is low enough for it; and a mean of so many cannot jump.
    private void Pass(Span<float> samples)
    {
        foreach (ref var sample in samples)
        {
            var peak = _truePeak.Next(sample);
            var least = _needed.Next(peak > _ceiling ? _ceiling / peak : 1);
            _gain = least < _gain ? least : _gain + (_release * (least - _gain));
            _sumOfGains += _gain - _gains[_gainPosition];
            _gains[_gainPosition] = _gain;
            _gainPosition = _gainPosition + 1 == _gains.Length ? 0 : _gainPosition + 1;

            var late = _delay[_delayPosition];
            _delay[_delayPosition] = sample;
            _delayPosition = _delayPosition + 1 == _delay.Length ? 0 : _delayPosition + 1;
            sample = (float)(late * _sumOfGains / _gains.Length);
        }
    }
}
