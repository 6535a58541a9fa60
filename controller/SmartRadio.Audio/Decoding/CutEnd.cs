namespace SmartRadio.Audio.Decoding;

/// <summary>
/// Sees how much of a file is missing at its end, by the sizes that its container declares. ffmpeg takes the end of a cut WAV,
/// CAF, AVI, Ogg or WMA for the end of the sound and says nothing; of films it says only that something is missing. NAudio's
/// reader corrects a size beyond the file in silence.
/// </summary>
internal static class CutEnd
{
    private const int MaxBoxes = 64;
    private const int MaxEbmlHeader = 64 * 1024;

    /// <summary>The share that is missing, where the sizes in a file tell it.</summary>
    /// <returns>0 to 1; 1 also where it is cut and nothing tells where its end was. 0 for other containers.</returns>
    public static double MissingShare(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[12];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
        {
            return 0;
        }

        return start[..4].SequenceEqual("OggS"u8) ? OggFlacEnd.MissingShare(file) ?? OggEnd.MissingShare(file)
            : FragmentsEnd.Read(file) is { } fragments ? fragments.MissingShare
            : ChunksEnd.MissingShare(file, start);
    }

    /// <summary>The share of an MP4 or a Matroska that is missing, where ffmpeg says that it is cut.</summary>
    /// <returns>0 to 1; 1 also where nothing tells where its end was: one that a browser recorded.</returns>
    public static double MissingShareOfFilm(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
        {
            return 1;
        }

        file.Seek(0, SeekOrigin.Begin);
        return start.SequenceEqual<byte>([0x1A, 0x45, 0xDF, 0xA3]) ? OfMatroska(file)
            : FragmentsEnd.Read(file)?.MissingShare ?? OfMp4(file);
    }

    /// <summary>The end of an MP4 in fragments; null for other files.</summary>
    public static FragmentsEnd? FragmentsOf(string path)
    {
        using var file = File.OpenRead(path);
        return FragmentsEnd.Read(file);
    }

    /// <summary>The share of so many bytes that is not there.</summary>
    public static double Share(ulong declared, long present) =>
        declared <= (ulong)present ? 0 : 1 - ((double)present / declared);

    // Boxes follow each other to the end (ISO/IEC 14496-12, section 4.2).
    private static double OfMp4(FileStream file)
    {
        Span<byte> box = stackalloc byte[16];
        file.Seek(0, SeekOrigin.Begin);
        for (var i = 0; i < MaxBoxes; i++)
        {
            var at = file.Position;
            if (file.ReadAtLeast(box, box.Length, throwOnEndOfStream: false) < 8)
            {
                return 1;
            }

            var size = Mp4Box.Size(box, box.Length);
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
        file.Seek((long)Math.Min(SizeAt(file) ?? ulong.MaxValue, MaxEbmlHeader), SeekOrigin.Current);
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
}
