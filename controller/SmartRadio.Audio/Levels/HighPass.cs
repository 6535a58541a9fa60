using NAudio.Wave;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Keeps from a horn what is below its band. Its phase is linear: a Butterworth filter of this use raised the peaks of speech by
/// up to 2 dB, which the limiter then took at the cost of intelligibility.
/// </summary>
internal sealed class HighPass : ISampleProvider
{
    private const double Beta = 5; // 53 dB

    // The filter's length, and where it is 6 dB down, in periods and parts of the edge.
    private static readonly (double Length, double Middle) Steep = (6.5, 0.7);
    private static readonly (double Length, double Middle) Gentle = (3, 0.4);

    private readonly LinearPhase _filtered;

    /// <param name="source">The sound.</param>
    /// <param name="edge">The lower end of the band, 20 to 1,000 Hz.</param>
    /// <param name="isGentle">6 dB down 1.3 octaves below the edge; else 50 dB down 1.2 octaves below it.</param>
    public HighPass(ISampleProvider source, double edge, bool isGentle = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(edge, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(edge, 1000);
        var (length, middle) = isGentle ? Gentle : Steep;
        edge /= source.WaveFormat.SampleRate;
        _filtered = new LinearPhase(new Centred(source), Filter((int)Math.Round(length / edge) | 1, middle * edge));
    }

    public WaveFormat WaveFormat => _filtered.WaveFormat;

    public int Read(Span<float> buffer) => _filtered.Read(buffer);

    // What a low-pass leaves.
    private static float[] Filter(int taps, double cutoff)
    {
        var filter = Fir.LowPass(taps, cutoff, Beta);
        for (var i = 0; i < taps; i++)
        {
            filter[i] = (i == taps / 2 ? 1 : 0) - filter[i];
        }

        return filter;
    }
}
