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

    /// <summary>The chime, with the pause after it, at a given loudness. Empty for none.</summary>
    public static float[] Make(Chime chime, int sampleRate, double lufs)
    {
        double[] tones = chime switch
        {
            Chime.TwoTone => [E5, C5],
            Chime.ThreeTone => [C5, E5, G5],
            _ => [],
        };
        if (tones.Length == 0)
        {
            return [];
        }

        var sounding = (int)((((tones.Length - 1) * ToneEvery) + LastTone) * sampleRate);
        var samples = new float[sounding + (int)(Pause * sampleRate)];
        for (var i = 0; i < tones.Length; i++)
        {
            AddTone(samples.AsSpan((int)(i * ToneEvery * sampleRate)..sounding), tones[i], sampleRate);
        }

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
