namespace SmartRadio.Audio;

/// <summary>Sounds of one sample rate, one after another.</summary>
internal sealed class Sequence : ISampleProvider
{
    private readonly Queue<ISampleProvider> parts;

    public Sequence(params IReadOnlyList<ISampleProvider> parts)
    {
        SampleRate = parts[0].SampleRate;
        if (parts.Any(part => part.SampleRate != SampleRate))
        {
            throw new ArgumentException("All parts must have one sample rate.", nameof(parts));
        }

        this.parts = new Queue<ISampleProvider>(parts);
    }

    public int SampleRate { get; }

    public int Read(Span<float> buffer)
    {
        var done = 0;
        while (done < buffer.Length && parts.TryPeek(out var part))
        {
            var wanted = buffer.Length - done;
            var read = part.Read(buffer[done..]);
            done += read;
            if (read < wanted)
            {
                parts.Dequeue();
            }
        }

        return done;
    }
}
