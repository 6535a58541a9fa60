namespace SmartRadio.Audio;

/// <summary>A short sound held in memory.</summary>
internal sealed class MemorySound(ReadOnlyMemory<float> samples, int sampleRate) : ISampleProvider
{
    private ReadOnlyMemory<float> left = samples;

    public int SampleRate => sampleRate;

    public int Read(Span<float> buffer)
    {
        var count = Math.Min(buffer.Length, left.Length);
        left.Span[..count].CopyTo(buffer);
        left = left[count..];
        return count;
    }
}
