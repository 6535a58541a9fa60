namespace SmartRadio.Audio.Levels;

/// <summary>
/// A second-order filter, in double precision. NAudio's keeps its state in single precision (at 20 Hz its error is -103 dBFS, and
/// every fifth 16-bit sample is another) and takes no coefficients of others.
/// </summary>
internal sealed class Biquad(double b0, double b1, double b2, double a1, double a2)
{
    private double _first;
    private double _second;

    /// <summary>A second-order high-pass by the bilinear transform.</summary>
    /// <param name="cutoff">In hertz, below half the sample rate.</param>
    /// <param name="q">0.7071 for Butterworth.</param>
    /// <param name="sampleRate">In hertz.</param>
    public static Biquad HighPass(double cutoff, double q, int sampleRate)
    {
        var k = Math.Tan(Math.PI * cutoff / sampleRate);
        var norm = 1 / (1 + (k / q) + (k * k));
        return new Biquad(norm, -2 * norm, norm, 2 * ((k * k) - 1) * norm, (1 - (k / q) + (k * k)) * norm);
    }

    // Direct form II, transposed.
    public double Next(double sample)
    {
        var output = (b0 * sample) + _first;
        _first = (b1 * sample) - (a1 * output) + _second;
        _second = (b2 * sample) - (a2 * output);
        return output;
    }
}
