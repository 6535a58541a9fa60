namespace SmartRadio.Audio;

/// <summary>Turns samples into a device's bytes.</summary>
internal abstract class SampleCoder
{
    /// <summary>Encodes the next samples: whole blocks, except the last time.</summary>
    /// <returns>How many bytes were written, never more than there were samples, or one block.</returns>
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
        for (; samples.Length > 0; written += ImaAdpcm.BlockBytes)
        {
            var count = Math.Min(samples.Length, block.Length);
            for (var i = 0; i < count; i++)
            {
                block[i] = Pcm16.FromFloat(samples[i]);
            }

            block.AsSpan(count).Fill(block[count - 1]);
            ImaAdpcm.EncodeBlock(block, bytes[written..], ref index);
            samples = samples[count..];
        }

        return written;
    }
}
