using System.Numerics;

namespace SmartRadio.Benchmarks.Sound;

/// <summary>The fast Fourier transform of Cooley and Tukey, for lengths that are powers of two.</summary>
internal static class Fft
{
    /// <summary>Transforms in place; backwards without dividing by the length.</summary>
    public static void Run(Complex[] values, bool isBackwards = false)
    {
        for (int i = 1, j = 0; i < values.Length; i++)
        {
            var bit = values.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (values[i], values[j]) = (values[j], values[i]);
            }
        }

        for (var length = 2; length <= values.Length; length <<= 1)
        {
            var roots = Roots(length, isBackwards);
            for (var start = 0; start < values.Length; start += length)
            {
                for (var k = 0; k < length / 2; k++)
                {
                    var (even, odd) = (values[start + k], values[start + k + (length / 2)] * roots[k]);
                    (values[start + k], values[start + k + (length / 2)]) = (even + odd, even - odd);
                }
            }
        }
    }

    /// <summary>By how many samples a copy lies behind a sound, by the greatest of their cross-correlation.</summary>
    /// <returns>Negative when the copy begins earlier.</returns>
    public static int Delay(float[] sound, float[] copy)
    {
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)(sound.Length + copy.Length));
        var (one, other) = (Padded(sound, length), Padded(copy, length));
        Run(one);
        Run(other);
        for (var i = 0; i < length; i++)
        {
            one[i] = Complex.Conjugate(one[i]) * other[i];
        }

        Run(one, isBackwards: true);
        var best = Enumerable.Range(0, length).MaxBy(i => one[i].Real);
        return best > length / 2 ? best - length : best;
    }

    private static Complex[] Roots(int length, bool isBackwards) =>
        [.. Enumerable.Range(0, length / 2)
            .Select(k => Complex.FromPolarCoordinates(1, (isBackwards ? 2 : -2) * Math.PI * k / length))];

    private static Complex[] Padded(float[] samples, int length)
    {
        var padded = new Complex[length];
        for (var i = 0; i < samples.Length; i++)
        {
            padded[i] = samples[i];
        }

        return padded;
    }
}
