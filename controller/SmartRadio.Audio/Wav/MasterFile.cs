using NAudio.Wave;

namespace SmartRadio.Audio.Wav;

/// <summary>The WAV files that masters are.</summary>
internal static class MasterFile
{
    /// <summary>16-bit PCM, mono, 16 kHz.</summary>
    public static WaveFormat Format { get; } = new(Master.SampleRate, 16, 1);

    /// <summary>Opens a master. Sizes in the file are believed only as far as the file goes.</summary>
    /// <exception cref="InvalidDataException">The file is no WAV file of <see cref="Format"/>.</exception>
    public static WaveFileReader Open(string path)
    {
        WaveFileReader reader;
        try
        {
            reader = new WaveFileReader(path);
        }
        catch (Exception error) when (error is FormatException or EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException("The file does not begin as a WAV file does.", error);
        }

        if (reader.WaveFormat.Equals(Format))
        {
            return reader;
        }

        reader.Dispose();
        throw new InvalidDataException($"A master is {Format}, not {reader.WaveFormat}.");
    }
}
