using NAudio.Wave;

namespace SmartRadio.Audio.Composition;

/// <summary>A short sound held in memory. NAudio reads memory only as bytes, through a copy.</summary>
internal sealed class MemorySound(ReadOnlyMemory<float> samples, int sampleRate) : ISampleProvider
{
    private ReadOnlyMemory<float> _left = samples;

    public WaveFormat WaveFormat { get; } = WaveFormat.CreateIeeeFloatWaveFormat(sampleRate, 1);

    public int Read(Span<float> buffer)
    {
        var count = Math.Min(buffer.Length, _left.Length);
        _left.Span[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }
}
