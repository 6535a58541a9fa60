using System.Buffers.Binary;

namespace SmartRadio.Node.Virtual.Recording;

/// <summary>
/// A 16-bit mono WAV file that grows. Samples are appended before the header counts them, so that the file is valid at any
/// moment. NAudio's writer cannot go on with a file, begins with sizes of zero, and corrects the two of them one after the other.
/// </summary>
internal sealed class WavFile : IDisposable
{
    private const int HeaderLength = 44;

    private readonly int _rate;
    private readonly FileStream _file;

    public WavFile(string path, int rate)
    {
        _rate = rate;
        if (!File.Exists(path))
        {
            // It appears with its header, so that whoever looks in this instant finds a WAV file.
            var fresh = path + ".new";
            File.WriteAllBytes(fresh, Header(rate, samples: 0));
            File.Move(fresh, path);
        }

        _file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        try
        {
            // A killed process may have left half a sample, or samples that its header does not count yet.
            Samples = Math.Max(0, _file.Length - HeaderLength) / 2;
            _file.Write(Header(rate, Samples));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Samples in the file.</summary>
    public long Samples { get; private set; }

    /// <summary>Appends 16-bit little-endian samples.</summary>
    public void Append(ReadOnlySpan<byte> pcm)
    {
        _file.Position = HeaderLength + (Samples * 2);
        _file.Write(pcm);
        Samples += pcm.Length / 2;
        // Both lengths in one write: they never disagree for long.
        _file.Position = 0;
        _file.Write(Header(_rate, Samples));
    }

    /// <summary>Cuts the last samples off.</summary>
    public void Drop(long samples)
    {
        Samples = Math.Max(0, Samples - samples);
        // The header first: it never counts samples that are not there.
        _file.Position = 0;
        _file.Write(Header(_rate, Samples));
        _file.SetLength(HeaderLength + (Samples * 2));
    }

    public void Dispose() => _file.Dispose();

    private static byte[] Header(int rate, long samples)
    {
        var header = new byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), DataLength(samples) + HeaderLength - 8);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), DataLength(samples));
        return header;
    }

    private static uint DataLength(long samples) => (uint)Math.Min(samples * 2, uint.MaxValue - HeaderLength);
}
