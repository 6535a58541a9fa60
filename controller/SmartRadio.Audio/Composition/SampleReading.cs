using NAudio.Wave;

namespace SmartRadio.Audio.Composition;

/// <summary>Reads sounds to their end.</summary>
internal static class SampleReading
{
    /// <summary>Gives all of a sound to a sink, a second at a time.</summary>
    public static void ReadAll(this ISampleProvider sound, SampleSink sink)
    {
        var buffer = new float[sound.WaveFormat.SampleRate];
        int read;
        while ((read = sound.Read(buffer)) > 0)
        {
            sink(buffer.AsSpan(0, read));
        }
    }
}

/// <summary>Takes the next samples of a sound.</summary>
internal delegate void SampleSink(ReadOnlySpan<float> samples);
