using System.Numerics;

namespace SmartRadio.Benchmarks.Sound;

/// <summary>
/// The short-time objective intelligibility measure: C. H. Taal, R. C. Hendriks, R. Heusdens, J. Jensen, "A Short-Time Objective
/// Intelligibility Measure for Time-Frequency Weighted Noisy Speech", ICASSP 2010. Envelopes of 15 third-octave bands, from 150 Hz
/// to 4.3 kHz, are compared over 384 ms at a time. It goes from 0 to 1 and knows nothing of loudness.
/// </summary>
internal static class Stoi
{
    public const int SampleRate = 10_000;

    private const int Frame = 256; // 25.6 ms, overlapping by half
    private const int Hop = Frame / 2;
    private const int Transform = 512;
    private const int Bands = 15;
    private const double LowestHz = 150;
    private const int Segment = 30; // frames
    private const double DynamicRange = 40; // dB: quieter frames of the clean speech say nothing
    private const double Tiny = 1e-15;

    // The lowest ratio of signal to distortion, -15 dB: more distortion makes nothing less intelligible.
    private static readonly double Clip = 1 + Math.Pow(10, 15 / 20.0);
    private static readonly double[] Window =
        [.. Enumerable.Range(1, Frame).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / (Frame + 1))))];

    private static readonly (int From, int To)[] Edges = [.. Enumerable.Range(0, Bands).Select(band =>
        (Bin(LowestHz * Math.Pow(2, ((2 * band) - 1) / 6.0)), Bin(LowestHz * Math.Pow(2, ((2 * band) + 1) / 6.0))))];

    /// <summary>How intelligible a copy is.</summary>
    /// <param name="clean">The speech, 10 kHz.</param>
    /// <param name="copy">The same speech at the same instants, 10 kHz.</param>
    public static double Measure(ReadOnlySpan<float> clean, ReadOnlySpan<float> copy)
    {
        var (speech, heard) = WithoutSilence(clean, copy);
        var (one, other) = (Envelopes(speech), Envelopes(heard));
        double sum = 0;
        var count = 0;
        for (var end = Segment; end <= one[0].Length; end++)
        {
            for (var band = 0; band < Bands; band++, count++)
            {
                sum += Correlation(one[band].AsSpan(end - Segment, Segment), other[band].AsSpan(end - Segment, Segment));
            }
        }

        return sum / count;
    }

    private static int Bin(double hertz) => (int)Math.Round(hertz * Transform / SampleRate);

    // Of both, the frames in which the clean speech is less than 40 dB below its loudest one, added up again.
    private static (double[] Clean, double[] Copy) WithoutSilence(ReadOnlySpan<float> clean, ReadOnlySpan<float> copy)
    {
        var frames = Math.Max(0, ((Math.Min(clean.Length, copy.Length) - Frame) / Hop) + 1);
        var levels = new double[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            double sum = 0;
            for (var i = 0; i < Frame; i++)
            {
                sum += Math.Pow(clean[(frame * Hop) + i] * Window[i], 2);
            }

            levels[frame] = 10 * Math.Log10(sum + Tiny);
        }

        var kept = Enumerable.Range(0, frames).Where(frame => levels[frame] > levels.Max() - DynamicRange).ToList();
        var (speech, heard) = (new double[(kept.Count + 1) * Hop], new double[(kept.Count + 1) * Hop]);
        for (var at = 0; at < kept.Count; at++)
        {
            for (var i = 0; i < Frame; i++)
            {
                speech[(at * Hop) + i] += clean[(kept[at] * Hop) + i] * Window[i];
                heard[(at * Hop) + i] += copy[(kept[at] * Hop) + i] * Window[i];
            }
        }

        return (speech, heard);
    }

    // Of each band, the root of its power frame by frame.
    private static double[][] Envelopes(double[] samples)
    {
        var frames = Math.Max(0, ((samples.Length - Frame) / Hop) + 1);
        double[][] bands = [.. Enumerable.Range(0, Bands).Select(_ => new double[frames])];
        var values = new Complex[Transform];
        for (var frame = 0; frame < frames; frame++)
        {
            Array.Clear(values);
            for (var i = 0; i < Frame; i++)
            {
                values[i] = samples[(frame * Hop) + i] * Window[i];
            }

            Fft.Run(values);
            for (var band = 0; band < Bands; band++)
            {
                double power = 0;
                for (var bin = Edges[band].From; bin < Edges[band].To; bin++)
                {
                    power += (values[bin].Real * values[bin].Real) + (values[bin].Imaginary * values[bin].Imaginary);
                }

                bands[band][frame] = Math.Sqrt(power);
            }
        }

        return bands;
    }

    private static double Correlation(ReadOnlySpan<double> clean, ReadOnlySpan<double> copy)
    {
        var factor = Math.Sqrt(Power(clean) / (Power(copy) + Tiny));
        var clipped = new double[Segment];
        double cleanMean = 0;
        double copyMean = 0;
        for (var i = 0; i < Segment; i++)
        {
            clipped[i] = Math.Min(copy[i] * factor, clean[i] * Clip);
            cleanMean += clean[i] / Segment;
            copyMean += clipped[i] / Segment;
        }

        var (product, one, other) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Segment; i++)
        {
            var (left, right) = (clean[i] - cleanMean, clipped[i] - copyMean);
            product += left * right;
            one += left * left;
            other += right * right;
        }

        return product / (Math.Sqrt(one * other) + Tiny);
    }

    private static double Power(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}
