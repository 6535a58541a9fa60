using NAudio.Wave;

namespace SmartRadio.Audio.Composition;

/// <summary>Reads sounds to their end.</summary>
internal static class SampleReading
{
    /// <summary>All of a sound, a second at a time. The next piece overwrites the last.</summary>
    public static IEnumerable<ReadOnlyMemory<float>> Pieces(this ISampleProvider sound)
    {
        var buffer = new float[sound.WaveFormat.SampleRate];
        int read;
        while ((read = sound.Read(buffer)) > 0)
        {
            yield return buffer.AsMemory(0, read);
        }
    }
}
