namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>How alike two sounds are, and how far one is shifted against the other.</summary>
/// <param name="Correlation">Normalised: 1 = the same but for the level, 0 = nothing in common.</param>
/// <param name="Lag">Samples by which what was heard comes after what was expected.</param>
internal sealed record Likeness(double Correlation, int Lag)
{
    /// <summary>The best match when the expected sound is shifted by up to <paramref name="most"/> samples either way.</summary>
    public static Likeness Of(ReadOnlySpan<short> expected, ReadOnlySpan<short> heard, int most)
    {
        var best = new Likeness(-1, 0);
        for (var lag = -most; lag <= most; lag++)
        {
            var from = Math.Max(0, -lag);
            var count = Math.Min(expected.Length - from, heard.Length - from - lag);
            var correlation = count <= 0 ? -1 : Correlate(expected.Slice(from, count), heard.Slice(from + lag, count));
            if (correlation > best.Correlation)
            {
                best = new Likeness(correlation, lag);
            }
        }

        return best;
    }

    private static double Correlate(ReadOnlySpan<short> one, ReadOnlySpan<short> other)
    {
        double product = 0, power = 0, otherPower = 0;
        for (var i = 0; i < one.Length; i++)
        {
            product += (double)one[i] * other[i];
            power += (double)one[i] * one[i];
            otherPower += (double)other[i] * other[i];
        }

        return power == 0 || otherPower == 0 ? 0 : product / Math.Sqrt(power * otherPower);
    }
}
