using System.Buffers.Binary;

namespace SmartRadio.Audio;

/// <summary>Writes a WAV file of 16-bit PCM, mono, as the sound arrives.</summary>
internal sealed class WavWriter
{
    public const int HeaderBytes = 44;

    // The sizes in a WAV file have 32 bits.
    private const long MaxDataBytes = uint.MaxValue - HeaderBytes - 1;

    private readonly Stream stream;
    private readonly int sampleRate;
    private readonly byte[] bytes = new byte[8192];
    private long dataBytes;

    /// <param name="stream">A seekable stream at its beginning: the sizes are written into its header at the end.</param>
    /// <param name="sampleRate">Samples a second.</param>
    public WavWriter(Stream stream, int sampleRate)
    {
        this.stream = stream;
        this.sampleRate = sampleRate;
        WriteHeader();
    }

    /// <summary>Adds samples; those beyond full scale are clipped.</summary>
    public void Write(ReadOnlySpan<float> samples)
    {
        while (samples.Length > 0)
        {
            var count = Math.Min(samples.Length, bytes.Length / 2);
            for (var i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), Pcm16.FromFloat(samples[i]));
            }

            Write(bytes.AsSpan(0, 2 * count));
            samples = samples[count..];
        }
    }

    /// <summary>Adds samples that are 16-bit little-endian already.</summary>
    public void Write(ReadOnlySpan<byte> pcm)
    {
        if (dataBytes + pcm.Length > MaxDataBytes)
        {
            throw new IOException("A WAV file cannot be longer than 4 GiB.");
        }

        stream.Write(pcm);
        dataBytes += pcm.Length;
    }

    /// <summary>Writes the sizes. Nothing may be written afterwards.</summary>
    public void Complete()
    {
        stream.Seek(0, SeekOrigin.Begin);
        WriteHeader();
        stream.Seek(0, SeekOrigin.End);
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(HeaderBytes - 8 + dataBytes));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], (uint)dataBytes);
        stream.Write(header);
    }
}
