using NAudio.Wave;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Takes off what no horn gives: flat to 6.9 kHz, 60 dB down from 7.5, at 16 kHz. What is above would only take room under the
/// ceiling.
/// </summary>
internal sealed class LowPass(ISampleProvider source) : ISampleProvider
{
    // Kaiser's rules for 60 dB and a transition of 550 Hz at 16 kHz ask for 107 taps.
    private const int Taps = 107;
    private const double Beta = 5.65;
    private const double Cutoff = 7.2 / 16;

    private static readonly float[] Filter = Fir.LowPass(Taps, Cutoff, Beta);

    private readonly LinearPhase _filtered = new(source, Filter);

    public WaveFormat WaveFormat => _filtered.WaveFormat;

    public int Read(Span<float> buffer) => _filtered.Read(buffer);
}
