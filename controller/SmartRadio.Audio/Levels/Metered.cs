namespace SmartRadio.Audio;

/// <summary>Lets a sound pass and measures it.</summary>
internal sealed class Metered(ISampleProvider source, LoudnessMeter meter) : ISampleProvider
{
    public int SampleRate => source.SampleRate;

    public int Read(Span<float> buffer)
    {
        var read = source.Read(buffer);
        meter.Add(buffer[..read]);
        return read;
    }
}
