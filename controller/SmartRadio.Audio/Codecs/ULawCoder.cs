using System.Numerics;
using SmartRadio.Audio.Wav;

namespace SmartRadio.Audio.Codecs;

/// <summary>
/// µ-law of ITU-T G.711, a byte a sample: 14 bits of each 16-bit sample in 8, finer where the sound is quiet. NAudio's encoder
/// gives -32,768 the code 7F, and its decoder makes -1 of that code, which is 0.
/// </summary>
internal sealed class ULawCoder : SampleCoder
{
    private const int Bias = 0x84; // 33 steps of 14 bits, in 16
    private const int Clip = 32_635;

    public override int Encode(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            bytes[i] = Encode(Pcm16.FromFloat(samples[i]));
        }

        return samples.Length;
    }

    /// <summary>
    /// Gives the code of a sample; beyond ±32,635 that of the loudest. <see cref="Protocol.Codecs.ULaw.Decode"/> is its inverse.
    /// </summary>
    public static byte Encode(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), Clip) + Bias;
        var exponent = BitOperations.Log2((uint)magnitude) - 7;
        var mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte)~(sign | (exponent << 4) | mantissa);
    }
}
