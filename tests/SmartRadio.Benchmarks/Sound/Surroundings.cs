namespace SmartRadio.Benchmarks.Sound;

/// <summary>What is heard beside the speech.</summary>
internal enum Noise
{
    None,

    /// <summary>Low rumble in gusts, as in a microphone outdoors.</summary>
    Wind,

    /// <summary>The horns of motorbikes: two tones with their harmonics, 0.4 s in each 1.5 s.</summary>
    Horn,
}

/// <summary>Makes noises; the same in every run.</summary>
internal static class Surroundings
{
    private const int Seed = 20;

    /// <summary>A noise of a length, at a root mean square of 1 over the whole.</summary>
    public static float[] Make(Noise noise, int length, int rate)
    {
        var samples = noise switch
        {
            Noise.Wind => Wind(length, rate),
            Noise.Horn => Horn(length, rate),
            _ => new float[length],
        };
        var level = Level(samples);
        return level == 0 ? samples : [.. samples.Select(sample => (float)(sample / level))];
    }

    /// <summary>The root mean square.</summary>
    public static double Level(float[] samples) => Math.Sqrt(samples.Average(sample => (double)sample * sample));

    // White noise through two low-passes of first order, 30 and 500 Hz, in gusts of some seconds.
    private static float[] Wind(int length, int rate)
    {
        var random = new Random(Seed);
        var (slow, fast) = (1 - Math.Exp(-2 * Math.PI * 30 / rate), 1 - Math.Exp(-2 * Math.PI * 500 / rate));
        var (rumble, rustle) = (0.0, 0.0);
        var samples = new float[length];
        for (var i = 0; i < length; i++)
        {
            var white = (2 * random.NextDouble()) - 1;
            rumble += slow * (white - rumble);
            rustle += fast * (white - rustle);
            var t = (double)i / rate;
            var gust = 0.6 + (0.3 * Math.Sin(2 * Math.PI * 0.23 * t)) + (0.1 * Math.Sin(2 * Math.PI * 0.71 * t));
            samples[i] = (float)(gust * ((6 * rumble) + rustle));
        }

        return samples;
    }

    private static float[] Horn(int length, int rate)
    {
        var samples = new float[length];
        for (var i = 0; i < length; i++)
        {
            var t = (double)i / rate;
            if (t % 1.5 < 0.4)
            {
                samples[i] = (float)(Tone(410, t) + Tone(505, t));
            }
        }

        return samples;
    }

    // Ten harmonics, each a sixth weaker.
    private static double Tone(double hertz, double t) =>
        Enumerable.Range(1, 10).Sum(k => Math.Pow(5 / 6.0, k) * Math.Sin(2 * Math.PI * hertz * k * t));
}
