namespace SmartRadio.Audio.Levels;

/// <summary>The picture of a sound: the lowest and the highest sample of each of a fixed number of equal parts.</summary>
public sealed class Waveform
{
    /// <summary>How many parts: about the points across a screen.</summary>
    public const int Buckets = 800;

    private readonly long total;
    private readonly sbyte[] peaks = new sbyte[2 * Buckets];
    private long position;

    /// <param name="total">How many samples will come.</param>
    internal Waveform(long total)
    {
        this.total = total;
    }

    internal void Add(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            var bucket = 2 * (int)Math.Min(position * Buckets / total, Buckets - 1);
            var value = (sbyte)Math.Clamp(MathF.Round(sample * sbyte.MaxValue), -sbyte.MaxValue, sbyte.MaxValue);
            peaks[bucket] = Math.Min(peaks[bucket], value);
            peaks[bucket + 1] = Math.Max(peaks[bucket + 1], value);
            position++;
        }
    }

    /// <summary>Two bytes a part, each a signed byte: the lowest (0 or less), then the highest (0 or more).</summary>
    internal byte[] ToBytes() => [.. peaks.Select(peak => unchecked((byte)peak))];
}
