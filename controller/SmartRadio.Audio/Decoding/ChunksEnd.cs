using System.Buffers.Binary;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// The end of files that are chunks with sizes: WAV, RF64 and BW64, Wave64, AVI, CAF, and WMA, which tells the size of all.
/// </summary>
internal static class ChunksEnd
{
    // A program that writes WAV into a pipe cannot know the size: it writes 0, the largest, or about 2 GiB (espeak-ng, sox).
    private const uint UnknownSize = 0x7FFF_0000;
    private const int MaxChunks = 64;
    private const int MaxAsfHeader = 64 * 1024;

    private static readonly byte[] AsfHeader = new Guid("75B22630-668E-11CF-A6D9-00AA0062CE6C").ToByteArray();

    // The file properties object of ASF, which holds the size of the file 40 bytes after it begins (ASF specification 1.2,
    // section 3.2).
    private static readonly byte[] AsfProperties = new Guid("8CABDCA1-A947-11CF-8EE4-00C00C205365").ToByteArray();

    /// <param name="file">The file.</param>
    /// <param name="start">Its first 12 bytes.</param>
    /// <returns>The share that is missing, 0 to 1; 0 also for other files, and where no size is told.</returns>
    public static double MissingShare(FileStream file, ReadOnlySpan<byte> start)
    {
        var isRiff = start[..4].SequenceEqual("RIFF"u8);
        var isWave = isRiff || start[..4].SequenceEqual("RF64"u8) || start[..4].SequenceEqual("BW64"u8);
        return isWave && start[8..].SequenceEqual("WAVE"u8) ? OfWav(file)
            : isRiff && start[8..].SequenceEqual("AVI "u8) ? OfAvi(file)
            : start[..4].SequenceEqual("riff"u8) ? OfWave64(file)
            : start[..4].SequenceEqual("caff"u8) ? OfCaf(file)
            : OfAsf(file);
    }

    // RF64 and BW64 are as RIFF; a chunk ds64 before all others has the sizes that need 64 bits (EBU Tech 3306, section 3.2;
    // ITU-R BS.2088, section 5).
    private static double OfWav(FileStream file)
    {
        Span<byte> chunk = stackalloc byte[8];
        ulong longSize = 0;
        file.Seek(12, SeekOrigin.Begin);
        for (var i = 0; i < MaxChunks && Read(file, chunk); i++)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual("data"u8))
            {
                return size < UnknownSize ? CutEnd.Share(size, file.Length - file.Position)
                    : longSize is > 0 and < long.MaxValue ? CutEnd.Share(longSize, file.Length - file.Position)
                    : 0;
            }

            var next = file.Position + size + (size & 1);
            if (chunk[..4].SequenceEqual("ds64"u8))
            {
                file.Seek(8, SeekOrigin.Current); // the size of all
                longSize = Read(file, chunk) ? BinaryPrimitives.ReadUInt64LittleEndian(chunk) : 0;
            }

            file.Seek(next, SeekOrigin.Begin);
        }

        return 0;
    }

    // One RIFF after the other, each of at most some gigabytes; of a camera whose battery fell out the size is 0.
    private static double OfAvi(FileStream file)
    {
        Span<byte> chunk = stackalloc byte[8];
        file.Seek(0, SeekOrigin.Begin);
        for (var i = 0; i < MaxChunks && Read(file, chunk) && chunk[..4].SequenceEqual("RIFF"u8); i++)
        {
            var end = file.Position + BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (end > file.Length)
            {
                return CutEnd.Share((ulong)end, file.Length);
            }

            file.Seek(end, SeekOrigin.Begin);
        }

        return 0;
    }

    // The size of all stands behind the GUID of the RIFF, and counts itself (Sony Wave64, version 1.0).
    private static double OfWave64(FileStream file)
    {
        Span<byte> size = stackalloc byte[8];
        file.Seek(16, SeekOrigin.Begin);
        return Read(file, size) && BinaryPrimitives.ReadUInt64LittleEndian(size) is < long.MaxValue and var all
            ? CutEnd.Share(all, file.Length)
            : 0;
    }

    // A file header of 8 bytes, then chunks of 12 bytes and their content; a recorder that is not done writes -1 (Apple Core
    // Audio Format Specification 1.0).
    private static double OfCaf(FileStream file)
    {
        Span<byte> chunk = stackalloc byte[12];
        file.Seek(8, SeekOrigin.Begin);
        for (var i = 0; i < MaxChunks && Read(file, chunk); i++)
        {
            var size = BinaryPrimitives.ReadInt64BigEndian(chunk[4..]);
            if (size < 0 || chunk[..4].SequenceEqual("data"u8))
            {
                return size > 0 ? CutEnd.Share((ulong)size, file.Length - file.Position) : 0;
            }

            file.Seek(Math.Min(size, file.Length), SeekOrigin.Current);
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
            ? CutEnd.Share(BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(properties + 40)), file.Length)
            : 0;
    }

    private static bool Read(FileStream file, Span<byte> bytes) =>
        file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
}
