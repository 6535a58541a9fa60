using NAudio.Wave;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Lets a sound pass and measures it. NAudio's metering provider reports the highest sample, which says nothing of loudness.
/// </summary>
internal sealed class Metered(ISampleProvider source, LoudnessMeter meter) : ISampleProvider
{
    public WaveFormat WaveFormat => source.WaveFormat;

    public int Read(Span<float> buffer)
    {
        var read = source.Read(buffer);
        meter.Add(buffer[..read]);
        return read;
    }
}
