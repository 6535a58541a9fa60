using System.Buffers.Binary;

namespace SmartRadio.Node.Virtual.Recording;

/// <summary>A 16-bit mono WAV file that grows. Samples are appended before the header counts them, so that the file is valid at any moment.</summary>
internal sealed class WavFile : IDisposable
{
    private const int HeaderLength = 44;

    private readonly FileStream _file;

    public WavFile(string path, int rate)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        // A killed process may have left half a sample, or samples that its header does not count yet.
        Samples = Math.Max(0, _file.Length - HeaderLength) / 2;
        WriteHeader(rate);
    }

    /// <summary>Samples in the file.</summary>
    public long Samples { get; private set; }

    /// <summary>Appends 16-bit little-endian samples.</summary>
    public void Append(ReadOnlySpan<byte> pcm)
    {
        _file.Position = HeaderLength + (Samples * 2);
        _file.Write(pcm);
        Samples += pcm.Length / 2;
        WriteLengths();
    }

    public void Dispose() => _file.Dispose();

    private void WriteHeader(int rate)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        _file.Position = 0;
        _file.Write(header);
        WriteLengths();
    }

    private void WriteLengths()
    {
        Span<byte> length = stackalloc byte[4];
        var data = (uint)Math.Min(Samples * 2, uint.MaxValue - HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(length, data + HeaderLength - 8);
        _file.Position = 4;
        _file.Write(length);
        BinaryPrimitives.WriteUInt32LittleEndian(length, data);
        _file.Position = 40;
        _file.Write(length);
    }
}
