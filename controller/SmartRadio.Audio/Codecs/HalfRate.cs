using NAudio.Wave;
using NAudio.Wave.SampleProviders;
using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio.Codecs;

/// <summary>
/// Takes every second sample, after a linear-phase low-pass has removed what would fold: flat to 3.4 kHz, 70 dB down from 4 kHz,
/// at 16 kHz. NAudio's resampler folds at -25 dB, unless its filter has more than twice the taps of this one.
/// </summary>
internal sealed class HalfRate : ISampleProvider
{
    // Kaiser's rules for 70 dB and a transition of 600 Hz at 16 kHz ask for 116 taps; an odd number puts a tap on the middle.
    private const int Taps = 119;
    private const double Beta = 6.76;
    private const double Cutoff = 3.7 / 16;
    private const int Delay = Taps / 2;
    private const int History = Taps - 2;

    private static readonly float[] Filter = Fir.LowPass(Taps, Cutoff, Beta);

    private readonly OffsetSampleProvider _source;

    // The samples the next output still needs, then those just read.
    private float[] _samples = new float[History];
    private bool _started;

    public HalfRate(ISampleProvider source)
    {
        _source = new OffsetSampleProvider(source) { LeadOutSamples = Delay };
        WaveFormat = WaveFormat.CreateIeeeFloatWaveFormat(source.WaveFormat.SampleRate / 2, 1);
    }

    public WaveFormat WaveFormat { get; }

    public int Read(Span<float> buffer)
    {
        if (!_started)
        {
            // The first output has the first sample in the middle of the filter, silence before it.
            _started = true;
            _source.Read(_samples.AsSpan(History - (Delay - 1)));
        }

        if (_samples.Length < History + (2 * buffer.Length))
        {
            Array.Resize(ref _samples, History + (2 * buffer.Length));
        }

        var count = _source.Read(_samples.AsSpan(History, 2 * buffer.Length)) / 2;
        for (var i = 0; i < count; i++)
        {
            buffer[i] = Fir.Apply(Filter, _samples.AsSpan(2 * i, Taps));
        }

        _samples.AsSpan(2 * count, History).CopyTo(_samples);
        return count;
    }
}
