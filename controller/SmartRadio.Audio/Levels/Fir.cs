using System.Runtime.Intrinsics;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// The sum of products at the heart of every filter of finite length. Eight sums run side by side on every processor, so that a
/// master has the same bytes wherever it is made. NAudio has a convolver for reverberation only.
/// </summary>
internal static class Fir
{
    /// <param name="taps">The filter, symmetric or written backwards.</param>
    /// <param name="samples">As many samples, oldest first.</param>
    public static float Apply(ReadOnlySpan<float> taps, ReadOnlySpan<float> samples)
    {
        var sums = Vector256<float>.Zero;
        var i = 0;
        for (; i <= taps.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            sums += Vector256.Create(taps[i..]) * Vector256.Create(samples[i..]);
        }

        var sum = Vector256.Sum(sums);
        for (; i < taps.Length; i++)
        {
            sum += taps[i] * samples[i];
        }

        return sum;
    }
}
