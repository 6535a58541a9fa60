using System.Buffers.Binary;

namespace SmartRadio.Web.Tests.Setting;

/// <summary>Sound files made on the spot.</summary>
internal static class Sounds
{
    private const int Rate = 16_000;

    /// <summary>A WAV file with a tone that comes and goes like syllables.</summary>
    public static byte[] Wav(double seconds)
    {
        var samples = (int)(seconds * Rate);
        var file = new byte[44 + (samples * 2)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples * 2);
        for (var i = 0; i < samples; i++)
        {
            var syllable = 0.5 - (0.5 * Math.Cos(2 * Math.PI * 4 * i / Rate));
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (i * 2)), (short)(8000 * syllable * Math.Sin(2 * Math.PI * 440 * i / Rate)));
        }

        return file;
    }
}
