using NAudio.Wave;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Keeps from a horn what is below its own cut-off: 2.4 dB down at the cut-off, 50 dB an octave below it. Its phase is linear: a
/// Butterworth filter of this use raised the peaks of speech by up to 2 dB, which the limiter then took at the cost of
/// intelligibility.
/// </summary>
internal sealed class HighPass : ISampleProvider
{
    // Kaiser's rules for 53 dB and a transition of five eighths of the cut-off.
    private const double Beta = 5;
    private const double Length = 5; // periods of the cut-off
    private const double Middle = 0.9; // where it is 6 dB down, of the cut-off

    private readonly LinearPhase _filtered;

    /// <param name="source">The sound.</param>
    /// <param name="cutoff">Where it is 2.4 dB down, 20 to 1,000 Hz.</param>
    public HighPass(ISampleProvider source, double cutoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cutoff, 1000);
        _filtered = new LinearPhase(new Centred(source), Filter(cutoff / source.WaveFormat.SampleRate));
    }

    public WaveFormat WaveFormat => _filtered.WaveFormat;

    public int Read(Span<float> buffer) => _filtered.Read(buffer);

    // What a low-pass leaves.
    private static float[] Filter(double cutoff)
    {
        var taps = (int)Math.Round(Length / cutoff) | 1;
        var filter = Fir.LowPass(taps, Middle * cutoff, Beta);
        for (var i = 0; i < taps; i++)
        {
            filter[i] = (i == taps / 2 ? 1 : 0) - filter[i];
        }

        return filter;
    }
}
