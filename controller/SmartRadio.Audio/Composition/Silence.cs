using NAudio.Wave;

namespace SmartRadio.Audio.Composition;

/// <summary>Silence of a length, which takes no memory. NAudio's has no end, and counts in 32 bits where it is cut.</summary>
/// <param name="samples">Its length.</param>
internal sealed class Silence(long samples) : ISampleProvider
{
    private long _left = samples;

    public WaveFormat WaveFormat => Master.Format;

    public int Read(Span<float> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _left);
        buffer[..count].Clear();
        _left -= count;
        return count;
    }
}
