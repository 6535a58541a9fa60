using System.Buffers.Binary;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// Sees how much of a file is missing at its end, by the sizes that its container declares. ffmpeg takes the end of a cut WAV,
/// Ogg or WMA for the end of the sound and says nothing; of films it says only that something is missing. NAudio's reader
/// corrects a size beyond the file in silence.
/// </summary>
internal static class CutEnd
{
    // A program that writes WAV into a pipe cannot know the size: it writes 0, the largest, or about 2 GiB (espeak-ng, sox).
    private const uint UnknownSize = 0x7FFF_0000;
    private const int MaxChunks = 64;

    private const int MaxAsfHeader = 64 * 1024;
    private static readonly byte[] AsfHeader = new Guid("75B22630-668E-11CF-A6D9-00AA0062CE6C").ToByteArray();

    // The file properties object of ASF, which holds the size of the file 40 bytes after it begins (ASF specification 1.2,
    // section 3.2).
    private static readonly byte[] AsfProperties = new Guid("8CABDCA1-A947-11CF-8EE4-00C00C205365").ToByteArray();

    /// <summary>The share of a WAV, an Ogg or a WMA that is missing.</summary>
    /// <returns>0 to 1; 1 also where it is cut and nothing tells where its end was. 0 for other containers.</returns>
    public static double MissingShare(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[12];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
        {
            return 0;
        }

        if (start[..4].SequenceEqual("RIFF"u8) && start[8..].SequenceEqual("WAVE"u8))
        {
            return OfWav(file);
        }

        return start[..4].SequenceEqual("OggS"u8) ? OggEnd.MissingShare(file) : OfAsf(file);
    }

    /// <summary>The share of an MP4 or a Matroska that is missing, where ffmpeg says that it is cut.</summary>
    /// <returns>0 to 1; 1 also where nothing tells where its end was: one in fragments, one that a browser recorded.</returns>
    public static double MissingShareOfFilm(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
        {
            return 1;
        }

        file.Seek(0, SeekOrigin.Begin);
        return start.SequenceEqual<byte>([0x1A, 0x45, 0xDF, 0xA3]) ? OfMatroska(file) : OfMp4(file);
    }

    private static double OfWav(FileStream file)
    {
        Span<byte> chunk = stackalloc byte[8];
        for (var i = 0; i < MaxChunks && file.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length; i++)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual("data"u8))
            {
                return size < UnknownSize ? Share(size, file.Length - file.Position) : 0;
            }

            file.Seek(size + (size & 1), SeekOrigin.Current);
        }

        return 0;
    }

    private static double OfAsf(FileStream file)
    {
        var head = new byte[Math.Min(file.Length, MaxAsfHeader)];
        file.Seek(0, SeekOrigin.Begin);
        file.ReadExactly(head);
        var properties = head.AsSpan().StartsWith(AsfHeader) ? head.AsSpan().IndexOf(AsfProperties) : -1;
        return properties >= 0 && properties + 48 <= head.Length
            ? Share(BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(properties + 40)), file.Length)
            : 0;
    }

    // Boxes follow each other to the end (ISO/IEC 14496-12, section 4.2).
    private static double OfMp4(FileStream file)
    {
        Span<byte> box = stackalloc byte[16];
        for (var i = 0; i < MaxChunks; i++)
        {
            var at = file.Position;
            if (file.ReadAtLeast(box, box.Length, throwOnEndOfStream: false) < 8 || box[4..8].SequenceEqual("moof"u8))
            {
                return 1;
            }

            ulong size = BinaryPrimitives.ReadUInt32BigEndian(box);
            size = size == 1 ? BinaryPrimitives.ReadUInt64BigEndian(box[8..]) : size;
            if (size < 8 || size > (ulong)(file.Length - at))
            {
                return size < 8 ? 1 : Share((ulong)at + size, file.Length);
            }

            file.Seek(at + (long)size, SeekOrigin.Begin);
        }

        return 1;
    }

    // The EBML header, then one segment with everything in it (RFC 9559). Ids have as many bytes as their first bit tells.
    private static double OfMatroska(FileStream file)
    {
        Span<byte> id = stackalloc byte[4];
        file.Seek(id.Length, SeekOrigin.Begin);
        file.Seek((long)Math.Min(SizeAt(file) ?? ulong.MaxValue, MaxAsfHeader), SeekOrigin.Current);
        return file.ReadAtLeast(id, id.Length, throwOnEndOfStream: false) == id.Length
            && id.SequenceEqual<byte>([0x18, 0x53, 0x80, 0x67]) && SizeAt(file) is { } size
            ? Share((ulong)file.Position + size, file.Length)
            : 1;
    }

    // The size of an element: the first bit that is set tells how many bytes it has; all ones are no size (RFC 8794, section 6).
    private static ulong? SizeAt(FileStream file)
    {
        var first = file.ReadByte();
        if (first <= 0)
        {
            return null;
        }

        var bytes = 8 - int.Log2(first);
        var size = (ulong)first & ((1UL << (8 - bytes)) - 1);
        for (var i = 1; i < bytes; i++)
        {
            size = (size << 8) | (byte)file.ReadByte();
        }

        return size == (1UL << (7 * bytes)) - 1 ? null : size;
    }

    private static double Share(ulong declared, long present) =>
        declared <= (ulong)present ? 0 : 1 - ((double)present / declared);
}
