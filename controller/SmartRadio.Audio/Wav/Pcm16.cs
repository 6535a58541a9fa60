using System.Runtime.InteropServices;
using NAudio.Wave;

namespace SmartRadio.Audio.Wav;

/// <summary>
/// 16-bit samples of floating-point ones: 32,768 is full scale, so that every 16-bit value comes back exactly. NAudio multiplies
/// by 32,767, cuts the fraction off, and its <c>WriteSample</c> wraps what is beyond full scale.
/// </summary>
internal static class Pcm16
{
    private const float FullScale = 32_768;
    private const int PieceSamples = 1024;

    /// <summary>Rounds; what is beyond full scale is clipped.</summary>
    public static short FromFloat(float sample) =>
        (short)Math.Clamp(MathF.Round(sample * FullScale), short.MinValue, short.MaxValue);

    /// <summary>Adds samples to a WAV file of 16-bit PCM.</summary>
    public static void Write(WaveFileWriter file, ReadOnlySpan<float> samples)
    {
        Span<short> piece = stackalloc short[PieceSamples];
        while (samples.Length > 0)
        {
            var count = Math.Min(samples.Length, PieceSamples);
            for (var i = 0; i < count; i++)
            {
                piece[i] = FromFloat(samples[i]);
            }

            file.Write(MemoryMarshal.AsBytes(piece[..count]));
            samples = samples[count..];
        }
    }
}
