using System.Buffers.Binary;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// Sees that a WAV, an Ogg or a WMA file ends before its container does. ffmpeg takes the end of such a file for the end of the
/// sound and says nothing; the other containers declare a length that can be compared with what was decoded. NAudio's reader
/// corrects a size beyond the file in silence.
/// </summary>
internal static class CutEnd
{
    // A program that writes WAV into a pipe cannot know the size: it writes 0, the largest, or about 2 GiB (espeak-ng, sox).
    private const uint UnknownSize = 0x7FFF_0000;
    private const int MaxChunks = 64;

    // A size that lies by this and a second is a slip of the program that wrote it, as one that counts the heading.
    private const double AllowedShare = 0.01;

    // A page is 27 bytes, up to 255 sizes, and up to 255 times 255 bytes (RFC 3533, section 6).
    private const int MaxOggPage = 27 + 255 + (255 * 255);

    private static readonly byte[] AsfHeader = new Guid("75B22630-668E-11CF-A6D9-00AA0062CE6C").ToByteArray();

    // The file properties object of ASF, which holds the size of the file 40 bytes after it begins (ASF specification 1.2,
    // section 3.2).
    private static readonly byte[] AsfProperties = new Guid("8CABDCA1-A947-11CF-8EE4-00C00C205365").ToByteArray();
    private const int MaxAsfHeader = 64 * 1024;

    public static bool IsCut(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[12];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
        {
            return false;
        }

        if (start[..4].SequenceEqual("RIFF"u8) && start[8..].SequenceEqual("WAVE"u8))
        {
            return IsWavCut(file);
        }

        return start[..4].SequenceEqual("OggS"u8) ? IsOggCut(file) : IsAsfCut(file);
    }

    private static bool IsWavCut(FileStream file)
    {
        Span<byte> chunk = stackalloc byte[8];
        Span<byte> format = stackalloc byte[12];
        long bytesPerSecond = 0;
        for (var i = 0; i < MaxChunks && file.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length; i++)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual("data"u8))
            {
                var missing = size - (file.Length - file.Position);
                return size < UnknownSize && missing > (size * AllowedShare) + bytesPerSecond;
            }

            var next = file.Position + size + (size & 1);
            if (chunk[..4].SequenceEqual("fmt "u8)
                && file.ReadAtLeast(format, format.Length, throwOnEndOfStream: false) == format.Length)
            {
                bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(format[8..]);
            }

            file.Seek(next, SeekOrigin.Begin);
        }

        return false;
    }

    private static bool IsAsfCut(FileStream file)
    {
        var head = new byte[Math.Min(file.Length, MaxAsfHeader)];
        file.Seek(0, SeekOrigin.Begin);
        file.ReadExactly(head);
        var properties = head.AsSpan().StartsWith(AsfHeader) ? head.AsSpan().IndexOf(AsfProperties) : -1;
        return properties >= 0
            && properties + 48 <= head.Length
            && BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(properties + 40)) > (ulong)file.Length;
    }

    // The last page must be whole. Pages are looked for from the end, for only they, not the file, have a size.
    private static bool IsOggCut(FileStream file)
    {
        var tail = new byte[Math.Min(file.Length, 2 * MaxOggPage)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        var last = tail.AsSpan().LastIndexOf("OggS"u8);
        if (last < 0)
        {
            return true;
        }

        var page = tail.AsSpan(last);
        if (page.Length < 27 || page.Length < 27 + page[26])
        {
            return true;
        }

        var size = 27 + page[26];
        foreach (var segment in page.Slice(27, page[26]))
        {
            size += segment;
        }

        return size > page.Length;
    }
}
