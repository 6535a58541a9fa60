using NAudio.Wave;
using NAudio.Wave.SampleProviders;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Keeps peaks, those between samples too, under a ceiling. It looks ahead: the gain falls smoothly before a peak arrives and is down when
/// it is there, so nothing is clipped and nothing clicks. The sound keeps its length and its place.
/// NAudio's limiter lets true peaks of +0.4 dBFS through a ceiling of -1, and its gain jumps by up to 3.2 dB from one sample to the next.
/// </summary>
internal sealed class Limiter : ISampleProvider
{
    private const double LookAheadSeconds = 0.005;

    // Slow enough not to modulate the lowest voice, fast enough that the next syllable is not swallowed.
    private const double ReleaseSeconds = 0.08;

    private readonly OffsetSampleProvider source;
    private readonly float ceiling;
    private readonly double release;
    private readonly TruePeak truePeak = new();
    private readonly SlidingMinimum needed;
    private readonly double[] gains;
    private readonly float[] delay;
    private double gain = 1;
    private double sumOfGains;
    private int gainPosition;
    private int delayPosition;
    private bool started;

    /// <param name="source">The sound.</param>
    /// <param name="ceilingDb">The highest true peak of the result, in dBFS.</param>
    public Limiter(ISampleProvider source, double ceilingDb)
    {
        var lookAhead = (int)(LookAheadSeconds * source.WaveFormat.SampleRate);
        ceiling = (float)Decibels.ToFactor(ceilingDb);
        release = 1 - Math.Exp(-1 / (ReleaseSeconds * source.WaveFormat.SampleRate));
        needed = new SlidingMinimum(lookAhead);
        gains = new double[lookAhead];
        Array.Fill(gains, 1.0);
        sumOfGains = lookAhead;
        delay = new float[lookAhead - 1 + TruePeak.Delay];

        // Answers come late: silence after the sound brings the last of them.
        this.source = new OffsetSampleProvider(source) { LeadOutSamples = delay.Length };
    }

    public WaveFormat WaveFormat => source.WaveFormat;

    public int Read(Span<float> buffer)
    {
        if (!started)
        {
            started = true;
            Span<float> lead = stackalloc float[delay.Length];
            Pass(lead[..source.Read(lead)]);
        }

        var read = source.Read(buffer);
        Pass(buffer[..read]);
        return read;
    }

    // The gain for a sample is the mean of as many running minima as the look-ahead is long. Each of those saw the sample, so the mean is
    // low enough for it; and a mean of so many cannot jump.
    private void Pass(Span<float> samples)
    {
        foreach (ref var sample in samples)
        {
            var peak = truePeak.Next(sample);
            var least = needed.Next(peak > ceiling ? ceiling / peak : 1);
            gain = least < gain ? least : gain + (release * (least - gain));
            sumOfGains += gain - gains[gainPosition];
            gains[gainPosition] = gain;
            gainPosition = gainPosition + 1 == gains.Length ? 0 : gainPosition + 1;

            var late = delay[delayPosition];
            delay[delayPosition] = sample;
            delayPosition = delayPosition + 1 == delay.Length ? 0 : delayPosition + 1;
            sample = (float)(late * sumOfGains / gains.Length);
        }
    }
}
