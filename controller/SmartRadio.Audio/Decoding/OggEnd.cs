using System.Buffers.Binary;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// The end of an Ogg. Only its pages have a size, not the file: the last one must be whole. Where it is not, and says of itself
/// that the sound ends with it, what is missing is the sound of this page (RFC 3533, section 6). A last page that breaks off
/// within a packet is followed by another one. A whole one that does not say that the sound ends is what recorders of streams
/// leave.
/// </summary>
internal static class OggEnd
{
    // 27 bytes, up to 255 sizes, and up to 255 times 255 bytes.
    private const int Header = 27;
    private const int MaxPage = Header + 255 + (255 * 255);

    private const int Flags = 5;
    private const byte LastOfSound = 4;
    private const int Time = 6; // after its sound, in samples of the codec's clock
    private const int Serial = 14;

    /// <returns>The share of the sound, 0 to 1; 1 also where nothing tells where its end was.</returns>
    public static double MissingShare(FileStream file)
    {
        var bytes = new byte[Math.Min(file.Length, 2 * MaxPage)];
        file.Seek(-bytes.Length, SeekOrigin.End);
        file.ReadExactly(bytes);
        var last = bytes.AsSpan().LastIndexOf("OggS"u8);
        if (last < 0)
        {
            return 1;
        }

        var page = bytes.AsSpan(last);
        return IsWhole(page) ? (GoesOn(page) ? 1 : 0)
            : page.Length >= Serial + 4 && (page[Flags] & LastOfSound) != 0 ? ShareOf(page, bytes.AsSpan(0, last))
            : 1;
    }

    private static bool IsWhole(ReadOnlySpan<byte> page)
    {
        if (page.Length < Header || page.Length < Header + page[Header - 1])
        {
            return false;
        }

        var size = Header + page[Header - 1];
        foreach (var segment in page.Slice(Header, page[Header - 1]))
        {
            size += segment;
        }

        return size <= page.Length;
    }

    // A packet ends with a segment of fewer than 255 bytes.
    private static bool GoesOn(ReadOnlySpan<byte> page) => page[Header - 1] > 0 && page[Header + page[Header - 1] - 1] == 255;

    private static double ShareOf(ReadOnlySpan<byte> page, ReadOnlySpan<byte> before)
    {
        var end = TimeOf(page);
        for (var at = before.LastIndexOf("OggS"u8); at >= 0; at = before[..at].LastIndexOf("OggS"u8))
        {
            // No sound ends on a page without a time.
            if (before.Length - at >= Header && before.Slice(at + Serial, 4).SequenceEqual(page.Slice(Serial, 4))
                && TimeOf(before[at..]) is >= 0 and var start)
            {
                return start < end ? (double)(end - start) / end : 1;
            }
        }

        return 1;
    }

    private static long TimeOf(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadInt64LittleEndian(page[Time..]);
}
