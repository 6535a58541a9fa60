using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio.Composition;

/// <summary>
/// How loud a sound is from moment to moment, kept while it passes, to find where it begins and ends to be heard.
/// </summary>
internal sealed class PowerEnvelope(int sampleRate)
{
    // A breath before the first word and the fading of the last are part of speech.
    private const double KeepBefore = 0.1;
    private const double KeepAfter = 0.3;

    private const double Smallest = 1e-12;

    private readonly int _window = sampleRate / 100;
    private readonly List<float> _powers = [];
    private double _sum;
    private int _count;

    /// <summary>How many samples were added.</summary>
    public long Samples => ((long)_powers.Count * _window) + _count;

    /// <summary>
    /// By how many dB the loudest tenth of all windows of 10 ms exceeds the quietest tenth; at most 100.
    /// </summary>
    public double Contrast
    {
        get
        {
            var ordered = _powers.Order().ToList();
            return ordered.Count == 0
                ? 0
                : Math.Min(100, 10 * Math.Log10(
                    (ordered[ordered.Count * 9 / 10] + Smallest) / (ordered[ordered.Count / 10] + Smallest)));
        }
    }

    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            _sum += sample * sample;
            if (++_count == _window)
            {
                _powers.Add((float)(_sum / _window));
                _sum = 0;
                _count = 0;
            }
        }
    }

    /// <summary>
    /// From where to where 10 ms windows reach a level in dBFS once they are raised by a curve, with a margin at both sides; all
    /// of it when none does.
    /// </summary>
    public (long Start, long End) Audible(double level, GainCurve? curve)
    {
        var threshold = Math.Pow(10, level / 10);
        var first = Enumerable.Range(0, _powers.Count).FirstOrDefault(IsAudible, -1);
        var last = first < 0 ? -1 : Enumerable.Range(1, _powers.Count).Select(i => _powers.Count - i).First(IsAudible);

        bool IsAudible(int window) => _powers[window] * Math.Pow(curve?.At(window) ?? 1, 2) >= threshold;

        return first < 0
            ? (0, Samples)
            : (Math.Max(0, ((long)first * _window) - (long)(KeepBefore * sampleRate)),
                Math.Min(Samples, ((long)(last + 1) * _window) + (long)(KeepAfter * sampleRate)));
    }
}
