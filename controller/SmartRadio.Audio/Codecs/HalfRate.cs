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

    private static readonly float[] Filter = Design();

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

    private static float[] Design()
    {
        var filter = new double[Taps];
        for (var i = 0; i < Taps; i++)
        {
            var x = i - Delay;
            var sinc = x == 0 ? 2 * Cutoff : Math.Sin(2 * Math.PI * Cutoff * x) / (Math.PI * x);
            var edge = (double)x / Delay;
            filter[i] = sinc * Bessel(Beta * Math.Sqrt(1 - (edge * edge))) / Bessel(Beta);
        }

        var sum = filter.Sum();
        return [.. filter.Select(tap => (float)(tap / sum))];
    }

    // The modified Bessel function of the first kind and order 0, by its series.
    private static double Bessel(double x)
    {
        double sum = 1;
        double term = 1;
        for (var k = 1; k < 40; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
