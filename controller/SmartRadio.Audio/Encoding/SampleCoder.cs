namespace SmartRadio.Audio;

/// <summary>Turns samples into a device's bytes.</summary>
internal abstract class SampleCoder
{
    /// <summary>By how many bytes a last short block may exceed its samples: an IMA header of 4 may stand for one sample.</summary>
    public const int MostExtraBytes = 3;

    /// <summary>Encodes the next samples: whole blocks, except the last time.</summary>
    /// <returns>How many bytes were written, never more than a byte a sample and <see cref="MostExtraBytes"/>.</returns>
    public abstract int Encode(ReadOnlySpan<float> samples, Span<byte> bytes);
}

/// <summary>µ-law, a byte a sample.</summary>
internal sealed class MuLawCoder : SampleCoder
{
    public override int Encode(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            bytes[i] = MuLaw.Encode(Pcm16.FromFloat(samples[i]));
        }

        return samples.Length;
    }
}

/// <summary>IMA ADPCM, block after block.</summary>
internal sealed class ImaCoder : SampleCoder
{
    private readonly short[] block = new short[ImaAdpcm.BlockSamples];
    private int index;

    public override int Encode(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        var written = 0;
        while (samples.Length > 0)
        {
            var count = Math.Min(samples.Length, block.Length);
            for (var i = 0; i < count; i++)
            {
                block[i] = Pcm16.FromFloat(samples[i]);
            }

            written += ImaAdpcm.EncodeBlock(block.AsSpan(0, count), bytes[written..], ref index);
            samples = samples[count..];
        }

        return written;
    }
}
