using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio.Composition;

/// <summary>
/// The sound in front of a bulletin. It turns heads, and an amplifier that sleeps wakes on it and not on the first words.
/// </summary>
public enum Chime
{
    /// <summary>Nothing in front.</summary>
    None,

    /// <summary>Ding-dong: E5, C5.</summary>
    TwoTone,

    /// <summary>Three rising tones: C5, E5, G5.</summary>
    ThreeTone,

    /// <summary>A siren that rises and falls twice, for drills: 500 to 1,000 Hz, six seconds.</summary>
    Siren,
}

/// <summary>Makes the chimes.</summary>
internal static class ChimeSound
{
    private const double C5 = 523.25; // Hz, equal temperament
    private const double E5 = 659.26;
    private const double G5 = 783.99;

    private const double ToneEvery = 0.55; // seconds
    private const double LastTone = 1.2;
    private const double Attack = 0.008;
    private const double Decay = 0.35; // to 1/e
    private const double FadeOut = 0.1;
    private const double Pause = 0.3; // before the words

    private const double SirenLow = 500; // Hz; a horn gives nothing below 200
    private const double SirenHigh = 1000;
    private const double SirenTurn = 3; // seconds, up and down
    private const double SirenLength = 6;

    /// <summary>The chime, with the pause after it, at a given loudness. Empty for none.</summary>
    public static float[] Make(Chime chime, int sampleRate, double lufs) => chime switch
    {
        Chime.TwoTone => Levelled(Bells([E5, C5], sampleRate), sampleRate, lufs),
        Chime.ThreeTone => Levelled(Bells([C5, E5, G5], sampleRate), sampleRate, lufs),
        Chime.Siren => Levelled(Siren(sampleRate), sampleRate, lufs),
        _ => [],
    };

    private static float[] Bells(double[] tones, int sampleRate)
    {
        var sounding = (int)((((tones.Length - 1) * ToneEvery) + LastTone) * sampleRate);
        var samples = new float[sounding + (int)(Pause * sampleRate)];
        for (var i = 0; i < tones.Length; i++)
        {
            AddTone(samples.AsSpan((int)(i * ToneEvery * sampleRate)..sounding), tones[i], sampleRate);
        }

        return samples;
    }

    private static float[] Siren(int sampleRate)
    {
        var sounding = (int)(SirenLength * sampleRate);
        var samples = new float[sounding + (int)(Pause * sampleRate)];
        var angle = 0.0;
        for (var i = 0; i < sounding; i++)
        {
            var t = (double)i / sampleRate;
            var height = 0.5 - (0.5 * Math.Cos(2 * Math.PI * t / SirenTurn));
            angle += 2 * Math.PI * (SirenLow + (height * (SirenHigh - SirenLow))) / sampleRate;
            var shape = Math.Min(1, Math.Min(t, SirenLength - t) / FadeOut);

            // The third carries where a horn gives little of the fundamental.
            samples[i] = (float)(shape * (Math.Sin(angle) + (0.2 * Math.Sin(3 * angle))));
        }

        return samples;
    }

    private static float[] Levelled(float[] samples, int sampleRate, double lufs)
    {
        var meter = new LoudnessMeter(sampleRate);
        meter.Add(samples);
        var level = (float)Decibels.ToFactor(lufs - meter.Integrated());
        foreach (ref var sample in samples.AsSpan())
        {
            sample *= level;
        }

        return samples;
    }

    private static void AddTone(Span<float> samples, double hertz, int sampleRate)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var t = (double)i / sampleRate;
            var left = (double)(samples.Length - i) / sampleRate;
            var shape = Math.Min(1, t / Attack) * Math.Exp(-t / Decay) * Math.Min(1, left / FadeOut);

            // The octave and the twelfth make it a bell, and carry where a horn gives little of the fundamental.
            var angle = 2 * Math.PI * hertz * t;
            samples[i] += (float)(shape * (Math.Sin(angle) + (0.4 * Math.Sin(2 * angle)) + (0.15 * Math.Sin(3 * angle))));
        }
    }
}
