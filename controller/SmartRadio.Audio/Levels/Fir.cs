using System.Runtime.Intrinsics;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Filters of finite length: the sum of products at the heart of each, and the low-pass. Eight sums run side by side on every
/// processor, so that a master has the same bytes wherever it is made. NAudio has a convolver for reverberation only.
/// </summary>
internal static class Fir
{
    /// <param name="taps">The filter, symmetric or written backwards.</param>
    /// <param name="samples">As many samples, oldest first.</param>
    public static float Apply(ReadOnlySpan<float> taps, ReadOnlySpan<float> samples)
    {
        var sums = Vector256<float>.Zero;
        var i = 0;
        for (; i <= taps.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            sums += Vector256.Create(taps[i..]) * Vector256.Create(samples[i..]);
        }

        var sum = Vector256.Sum(sums);
        for (; i < taps.Length; i++)
        {
            sum += taps[i] * samples[i];
        }

        return sum;
    }

    /// <summary>Makes a linear-phase low-pass: a sinc under a Kaiser window.</summary>
    /// <param name="taps">An odd number puts a tap on the middle.</param>
    /// <param name="cutoff">Where it is 6 dB down, as a share of the sample rate.</param>
    /// <param name="beta">Of the window: 5.65 for 60 dB beyond the transition, 6.76 for 70.</param>
    public static float[] LowPass(int taps, double cutoff, double beta)
    {
        var filter = new double[taps];
        for (var i = 0; i < taps; i++)
        {
            var x = i - (taps / 2);
            var sinc = x == 0 ? 2 * cutoff : Math.Sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
            var edge = (double)x / (taps / 2);
            filter[i] = sinc * Bessel(beta * Math.Sqrt(1 - (edge * edge))) / Bessel(beta);
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
