namespace SmartRadio.Audio;

/// <summary>Multiplies a sound.</summary>
internal sealed class Gain(ISampleProvider source, double decibels) : ISampleProvider
{
    private readonly float factor = (float)Decibels.ToFactor(decibels);

    public int SampleRate => source.SampleRate;

    public int Read(Span<float> buffer)
    {
        var read = source.Read(buffer);
        foreach (ref var sample in buffer[..read])
        {
            sample *= factor;
        }

        return read;
    }
}
