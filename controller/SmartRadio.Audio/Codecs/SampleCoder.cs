namespace SmartRadio.Audio.Codecs;

/// <summary>Turns samples into a device's bytes.</summary>
internal abstract class SampleCoder
{
    /// <summary>
    /// By how many bytes a last short block may exceed its samples: an IMA header of 4 may stand for one sample.
    /// </summary>
    public const int MostExtraBytes = 3;

    /// <summary>Encodes the next samples: whole blocks, except the last time.</summary>
    /// <returns>How many bytes were written, never more than a byte a sample and <see cref="MostExtraBytes"/>.</returns>
    public abstract int Encode(ReadOnlySpan<float> samples, Span<byte> bytes);
}
