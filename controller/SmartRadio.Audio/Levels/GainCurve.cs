namespace SmartRadio.Audio.Levels;

/// <summary>
/// By how much each 10 ms of a sound is raised or lowered, so that all that is said in it is equally loud: a second speaker far
/// from the microphone, a recording put behind another. Within a section the gain stands still, so nothing pumps. It changes
/// where the quieter side begins to speak or ends, so the pause between two sections keeps the lower gain of both.
/// </summary>
internal sealed class GainCurve
{
    // Speech less than this from the usual level is left as it is, in dB; from the second on it is brought to it.
    private const double Ordinary = 2;
    private const double Uneven = 5;

    // What is farther below is another sound behind the one that is meant, in dB.
    private const double Background = 30;

    // A syllable of the quieter side, in dB below the level of its speech.
    private const double Syllable = 10;

    // 0.1 s to each side of where the quieter side begins to speak.
    private const int Ramp = 10;

    // A voice and its room have faded after so many windows.
    private const int Fading = 30;

    // So far into the sections, in windows, their border is looked for: half a second of each may hold some of the other.
    private const int Margin = 50;

    private readonly float[] _factors;

    private GainCurve(float[] factors)
    {
        _factors = factors;
    }

    /// <summary>The gain curve of a sound; null when it is even already.</summary>
    /// <param name="windows">The K-weighted power of each 10 ms.</param>
    public static GainCurve? Of(IReadOnlyList<float> windows)
    {
        var sections = SpeechSection.Find(windows);
        var gains = Gains(sections);
        if (gains.All(gain => gain == 0))
        {
            return null;
        }

        var decibels = new double[windows.Count];
        Array.Fill(decibels, gains[0]);
        for (var i = 1; i < sections.Count; i++)
        {
            var (from, to) = Change(windows, sections[i - 1], sections[i]);
            var (last, next) = (gains[i - 1], gains[i]);
            for (var at = from; at < to; at++)
            {
                decibels[at] = last + ((next - last) * (at - from + 1) / (to - from + 1));
            }

            Array.Fill(decibels, next, to, windows.Count - to);
        }

        return new GainCurve([.. decibels.Select(each => (float)Decibels.ToFactor(each))]);
    }

    /// <summary>The factor of a window of 10 ms; beyond the end that of the last.</summary>
    public float At(int window) => _factors[Math.Clamp(window, 0, _factors.Length - 1)];

    // The usual level is that at which half of all speech is louder.
    private static double[] Gains(IReadOnlyList<SpeechSection> sections)
    {
        if (sections.Count == 0)
        {
            return [];
        }

        var half = sections.Sum(section => section.Spoken) / 2.0;
        double spoken = 0;
        var usual = sections.OrderByDescending(section => section.Level)
            .First(section => (spoken += section.Spoken) >= half).Level;
        return [.. sections.Select(section => Gain(section.Level - usual))];
    }

    private static double Gain(double above) =>
        above < -Background ? 0 : -above * Math.Clamp((Math.Abs(above) - Ordinary) / (Uneven - Ordinary), 0, 1);

    // From where to where the gain changes between two sections: beside the louder one's last or first sound, and there where
    // the quieter one speaks.
    private static (int From, int To) Change(IReadOnlyList<float> windows, SpeechSection before, SpeechSection after)
    {
        var isFalling = before.Level > after.Level;
        var (loud, quiet) = isFalling ? (before, after) : (after, before);
        var (first, last) = (before.End - Margin, after.Start + Margin);
        var (edge, end, step) = isFalling ? (first, last, 1) : (last, first, -1);
        var between = Math.Pow(10, (loud.Level + quiet.Level) / 20);
        var spoken = Math.Pow(10, (quiet.Level - Syllable) / 10);
        var free = edge;
        for (var at = edge; at != end; at += step)
        {
            free = windows[at] > between ? at + step : free;
        }

        // The louder side's own fading is skipped, then the pause.
        var faded = Skip(free, Math.Min(Fading, Math.Abs(end - free)), at => windows[at] >= spoken);
        var begins = Skip(faded ?? free, Math.Abs(end - (faded ?? free)), at => windows[at] < spoken) ?? end;

        // Not so far towards the louder side that its own sound is touched.
        var from = isFalling ? Math.Max(free, begins - Ramp) : Math.Min(free, begins + Ramp) + 1 - (2 * Ramp);
        return (Math.Max(0, from), Math.Min(windows.Count, from + (2 * Ramp)));

        // The first window that is otherwise; null when there is none so near.
        int? Skip(int start, int most, Predicate<int> isSkipped)
        {
            for (var i = 0; i < most; i++)
            {
                if (!isSkipped(start + (i * step)))
                {
                    return start + (i * step);
                }
            }

            return null;
        }
    }
}
