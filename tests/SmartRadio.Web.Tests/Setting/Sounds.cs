using NAudio.Wave;

namespace SmartRadio.Web.Tests.Setting;

/// <summary>Sound files made on the spot.</summary>
internal static class Sounds
{
    private const int Rate = 16_000;

    /// <summary>A WAV file with a tone that comes and goes like syllables.</summary>
    public static byte[] Wav(double seconds)
    {
        using var bytes = new MemoryStream();
        using (var file = new WaveFileWriter(bytes, new WaveFormat(Rate, 16, 1)))
        {
            for (var i = 0; i < (int)(seconds * Rate); i++)
            {
                var syllable = 0.5 - (0.5 * Math.Cos(2 * Math.PI * 4 * i / Rate));
                file.WriteSample((float)(0.25 * syllable * Math.Sin(2 * Math.PI * 440 * i / Rate)));
            }
        }

        return bytes.ToArray();
    }
}
