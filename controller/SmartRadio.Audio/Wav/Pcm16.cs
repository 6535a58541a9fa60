namespace SmartRadio.Audio;

/// <summary>16-bit samples and their floating-point equals: 32,768 is full scale, so that every 16-bit value comes back exactly.</summary>
internal static class Pcm16
{
    private const float FullScale = 32_768;

    public static short FromFloat(float sample) => (short)Math.Clamp(MathF.Round(sample * FullScale), short.MinValue, short.MaxValue);

    public static float ToFloat(short sample) => sample / FullScale;
}
