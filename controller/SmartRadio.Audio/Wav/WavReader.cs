using System.Buffers.Binary;

namespace SmartRadio.Audio;

/// <summary>Reads a WAV file of 16-bit PCM, mono. Sizes in the file are believed only as far as the file goes.</summary>
internal sealed class WavReader : ISampleProvider, IDisposable
{
    private const int MaxChunks = 64;
    private const int MinRate = 1_000;
    private const int MaxRate = 384_000;

    private readonly Stream stream;
    private readonly byte[] bytes = new byte[8192];
    private long left;

    private WavReader(Stream stream, int sampleRate, long samples)
    {
        this.stream = stream;
        SampleRate = sampleRate;
        Samples = samples;
        left = samples;
    }

    public int SampleRate { get; }

    /// <summary>The length of the sound in samples.</summary>
    public long Samples { get; }

    /// <exception cref="InvalidDataException">This is no WAV file of 16-bit PCM, mono.</exception>
    public static WavReader Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            return Open(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads from a seekable stream, which is disposed with the reader.</summary>
    /// <exception cref="InvalidDataException">This is no WAV file of 16-bit PCM, mono.</exception>
    public static WavReader Open(Stream stream)
    {
        Span<byte> head = stackalloc byte[16];
        var riff = head[..12];
        if (!Fill(stream, riff) || !riff[..4].SequenceEqual("RIFF"u8) || !riff[8..].SequenceEqual("WAVE"u8))
        {
            throw new InvalidDataException("The file does not begin as a WAV file does.");
        }

        var rate = 0;
        var chunk = head[..8];
        for (var i = 0; i < MaxChunks && Fill(stream, chunk); i++)
        {
            long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual("data"u8) && rate > 0)
            {
                return new WavReader(stream, rate, Math.Min(size, stream.Length - stream.Position) / 2);
            }

            var next = stream.Position + size + (size & 1);
            if (chunk[..4].SequenceEqual("fmt "u8))
            {
                rate = size >= head.Length && Fill(stream, head) ? Rate(head) : 0;
            }

            stream.Position = Math.Min(next, stream.Length);
        }

        throw new InvalidDataException("The WAV file has no sound of 16-bit PCM, mono.");
    }

    public int Read(Span<float> buffer)
    {
        var done = 0;
        while (done < buffer.Length && left > 0)
        {
            var count = (int)Math.Min(left, Math.Min(buffer.Length - done, bytes.Length / 2));
            stream.ReadExactly(bytes, 0, 2 * count);
            for (var i = 0; i < count; i++)
            {
                buffer[done + i] = Pcm16.ToFloat(BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(2 * i)));
            }

            done += count;
            left -= count;
        }

        return done;
    }

    public void Dispose() => stream.Dispose();

    private static bool Fill(Stream stream, Span<byte> bytes) =>
        stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    private static int Rate(ReadOnlySpan<byte> format)
    {
        var isPcm16Mono = BinaryPrimitives.ReadInt16LittleEndian(format) == 1
            && BinaryPrimitives.ReadInt16LittleEndian(format[2..]) == 1
            && BinaryPrimitives.ReadInt16LittleEndian(format[14..]) == 16;
        var rate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        return isPcm16Mono && rate is >= MinRate and <= MaxRate ? rate : 0;
    }
}
