namespace SmartRadio.Audio.Levels;

/// <summary>A part of a sound whose speech has one loudness from its beginning to its end.</summary>
/// <param name="Start">The first of its windows of 10 ms in which somebody speaks.</param>
/// <param name="End">The window after its last such one.</param>
/// <param name="Level">Of its speech, K-weighted, in dB of full scale.</param>
/// <param name="Spoken">How many windows of speech it has; pauses do not count.</param>
internal sealed record SpeechSection(int Start, int End, double Level, int Spoken)
{
    // Short enough for the gap between two speakers, long enough to hold a syllable and the dip after it.
    private const int UnitWindows = 50;

    // Speech rises and falls by more than this within 1.5 s, in dB; noise, engines, tones and music under a voice do not.
    private const double SpeechStandsOut = 10;
    private const double Loud = 0.9;
    private const double Quiet = 0.1;

    // A unit this far below its neighbours is a pause between words, in dB. Two units to either side are a second.
    private const double PauseBelow = 8;
    private const int Neighbours = 2;

    // 10^-9 is -90 dBFS: nothing below it was said.
    private const double Least = 1e-9;

    // What one more section must save, in squared dB: somebody who speaks 6 dB louder or quieter for 4 s makes two more.
    // Sentences of one voice differ by less.
    private const double Penalty = 150;
    private const int ShortestUnits = 4;

    // Ten minutes. What is longer is cut, and its parts have one level; without the bound twelve hours take twelve seconds.
    private const int LongestUnits = 1_200;

    /// <summary>Cuts a sound where its speech becomes louder or quieter and stays so.</summary>
    /// <param name="windows">The K-weighted power of each 10 ms.</param>
    /// <returns>In order; empty when nobody speaks.</returns>
    public static IReadOnlyList<SpeechSection> Find(IReadOnlyList<float> windows)
    {
        var units = SpokenUnits(windows);
        return [.. Cuts(units).Select(cut =>
        {
            var part = units.GetRange(cut.Start, cut.End - cut.Start);
            return new SpeechSection(
                part[0].Index * UnitWindows, (part[^1].Index + 1) * UnitWindows, part.Average(unit => unit.Level),
                part.Count * UnitWindows);
        })];
    }

    // The half seconds in which somebody speaks, with their level in dB.
    private static List<(int Index, double Level)> SpokenUnits(IReadOnlyList<float> windows)
    {
        var levels = new double[windows.Count / UnitWindows];
        for (var unit = 0; unit < levels.Length; unit++)
        {
            double sum = 0;
            for (var i = 0; i < UnitWindows; i++)
            {
                sum += windows[(unit * UnitWindows) + i];
            }

            levels[unit] = 10 * Math.Log10((sum / UnitWindows) + Least);
        }

        return [.. Enumerable.Range(0, levels.Length)
            .Where(unit => levels[unit] >= Loudest(levels, unit) - PauseBelow && Contrast(windows, unit) >= SpeechStandsOut)
            .Select(unit => (unit, levels[unit]))];
    }

    private static double Loudest(double[] levels, int unit) =>
        levels[Math.Max(0, unit - Neighbours)..Math.Min(levels.Length, unit + Neighbours + 1)].Max();

    private static double Contrast(IReadOnlyList<float> windows, int unit)
    {
        var start = Math.Max(0, (unit - 1) * UnitWindows);
        var around = new float[Math.Min(windows.Count, (unit + 2) * UnitWindows) - start];
        for (var i = 0; i < around.Length; i++)
        {
            around[i] = windows[start + i];
        }

        Array.Sort(around);
        var (loud, quiet) = (around[(int)(around.Length * Loud)], around[(int)(around.Length * Quiet)]);
        return 10 * Math.Log10((loud + Least) / (quiet + Least));
    }

    // The cuts with the least sum of squared distances from the sections' means, each cut costing the penalty (Potts's
    // functional), found from left to right: the best cuts of the first n units follow from those of fewer.
    private static List<(int Start, int End)> Cuts(List<(int Index, double Level)> units)
    {
        var (sums, squares) = (new double[units.Count + 1], new double[units.Count + 1]);
        var (best, from) = (new double[units.Count + 1], new int[units.Count + 1]);
        var shortest = Math.Min(units.Count, ShortestUnits);
        for (var end = 1; end <= units.Count; end++)
        {
            var level = units[end - 1].Level;
            (sums[end], squares[end]) = (sums[end - 1] + level, squares[end - 1] + (level * level));
            best[end] = double.PositiveInfinity;
            for (var start = Math.Max(0, end - LongestUnits); start <= end - shortest; start++)
            {
                var sum = sums[end] - sums[start];
                var cost = best[start] + squares[end] - squares[start] - (sum * sum / (end - start)) + Penalty;
                if (cost < best[end])
                {
                    (best[end], from[end]) = (cost, start);
                }
            }
        }

        var cuts = new List<(int Start, int End)>();
        for (var end = units.Count; end > 0; end = from[end])
        {
            cuts.Insert(0, (from[end], end));
        }

        return cuts;
    }
}
