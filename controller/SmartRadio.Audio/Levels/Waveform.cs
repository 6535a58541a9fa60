namespace SmartRadio.Audio.Levels;

/// <summary>The picture of a sound: the lowest and the highest sample of each of a fixed number of equal parts.</summary>
public sealed class Waveform
{
    /// <summary>How many parts: about the points across a screen.</summary>
    public const int Buckets = 800;

    private readonly long _total;
    private readonly sbyte[] _peaks = new sbyte[2 * Buckets];
    private long _position;

    /// <param name="total">How many samples will come.</param>
    internal Waveform(long total)
    {
        _total = total;
    }

    internal void Add(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            var bucket = 2 * (int)Math.Min(_position * Buckets / _total, Buckets - 1);
            var value = (sbyte)Math.Clamp(MathF.Round(sample * sbyte.MaxValue), -sbyte.MaxValue, sbyte.MaxValue);
            _peaks[bucket] = Math.Min(_peaks[bucket], value);
            _peaks[bucket + 1] = Math.Max(_peaks[bucket + 1], value);
            _position++;
        }
    }

    /// <summary>Two bytes a part, each a signed byte: the lowest (0 or less), then the highest (0 or more).</summary>
    internal byte[] ToBytes() => [.. _peaks.Select(peak => unchecked((byte)peak))];
}
