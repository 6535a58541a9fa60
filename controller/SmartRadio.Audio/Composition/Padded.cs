namespace SmartRadio.Audio;

/// <summary>A sound followed by silence, so that a step that answers late can give its last samples.</summary>
internal sealed class Padded(ISampleProvider source, int silence) : ISampleProvider
{
    private int left = silence;

    public int SampleRate => source.SampleRate;

    public int Read(Span<float> buffer)
    {
        var read = source.Read(buffer);
        var padding = Math.Min(buffer.Length - read, left);
        buffer.Slice(read, padding).Clear();
        left -= padding;
        return read + padding;
    }
}
