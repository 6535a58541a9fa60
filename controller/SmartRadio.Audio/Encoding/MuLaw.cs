using System.Numerics;

namespace SmartRadio.Audio;

/// <summary>µ-law of ITU-T G.711: 14 bits of each 16-bit sample in 8, finer where the sound is quiet.</summary>
public static class MuLaw
{
    private const int Bias = 0x84; // 33 steps of 14 bits, in 16
    private const int Clip = 32_635;

    private static readonly short[] Values = [.. Enumerable.Range(0, 256).Select(code => Expand((byte)code))];

    public static byte Encode(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), Clip) + Bias;
        var exponent = BitOperations.Log2((uint)magnitude) - 7;
        var mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte)~(sign | (exponent << 4) | mantissa);
    }

    public static short Decode(byte code) => Values[code];

    private static short Expand(byte code)
    {
        var bits = ~code;
        var magnitude = ((((bits & 0x0F) << 3) + Bias) << ((bits >> 4) & 7)) - Bias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }
}
