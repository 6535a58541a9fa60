using System.Numerics;

namespace SmartRadio.Audio;

/// <summary>The sum of products at the heart of every filter of finite length.</summary>
internal static class Fir
{
    /// <param name="taps">The filter, symmetric or written backwards.</param>
    /// <param name="samples">As many samples, oldest first.</param>
    public static float Apply(ReadOnlySpan<float> taps, ReadOnlySpan<float> samples)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= taps.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += new Vector<float>(taps[i..]) * new Vector<float>(samples[i..]);
        }

        var sum = Vector.Sum(sums);
        for (; i < taps.Length; i++)
        {
            sum += taps[i] * samples[i];
        }

        return sum;
    }
}
