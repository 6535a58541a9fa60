using NAudio.Wave;
using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio.Codecs;

/// <summary>
/// Takes every second sample, after a linear-phase low-pass has removed what would fold: flat to 3.6 kHz, 70 dB down from 4 kHz,
/// at 16 kHz. NAudio's resampler folds at -25 dB, unless its filter has more than twice the taps of this one.
/// </summary>
internal sealed class HalfRate(ISampleProvider source) : ISampleProvider
{
    // Kaiser's rules for 70 dB and a transition of 400 Hz at 16 kHz ask for 174 taps; an odd number puts a tap on the middle.
    private const int Taps = 179;
    private const double Beta = 6.76;
    private const double Cutoff = 3.8 / 16;

    private static readonly float[] Filter = Fir.LowPass(Taps, Cutoff, Beta);

    private readonly LinearPhase _filtered = new(source, Filter, step: 2);

    public WaveFormat WaveFormat => _filtered.WaveFormat;

    public int Read(Span<float> buffer) => _filtered.Read(buffer);
}
