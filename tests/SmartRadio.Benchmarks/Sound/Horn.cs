namespace SmartRadio.Benchmarks.Sound;

/// <summary>
/// What a horn gives of a sound: nothing below its cut-off, as an exponential horn carries no wave there. A high-pass of eighth
/// order (Butterworth, 48 dB an octave) at 300 Hz, usual for horns of 25 to 30 W.
/// </summary>
internal static class Horn
{
    private const double CutoffHz = 300;

    // Of the four pole pairs: 1 / (2 cos(k pi / 16)) for k = 1, 3, 5, 7.
    private static readonly double[] Qualities = [.. new[] { 1, 3, 5, 7 }.Select(k => 1 / (2 * Math.Cos(k * Math.PI / 16)))];

    public static float[] Give(float[] samples, int rate)
    {
        double[] sound = [.. samples.Select(sample => (double)sample)];
        foreach (var q in Qualities)
        {
            Pass(sound, q, rate);
        }

        return [.. sound.Select(sample => (float)sample)];
    }

    private static void Pass(double[] samples, double q, int rate)
    {
        var k = Math.Tan(Math.PI * CutoffHz / rate);
        var norm = 1 / (1 + (k / q) + (k * k));
        var (a1, a2) = (2 * ((k * k) - 1) * norm, (1 - (k / q) + (k * k)) * norm);
        var (first, second) = (0.0, 0.0);
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = samples[i];
            samples[i] = (norm * sample) + first;
            first = (-2 * norm * sample) - (a1 * samples[i]) + second;
            second = (norm * sample) - (a2 * samples[i]);
        }
    }
}
