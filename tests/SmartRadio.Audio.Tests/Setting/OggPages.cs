using System.Buffers.Binary;

namespace SmartRadio.Audio.Tests.Setting;

/// <summary>The pages of an Ogg (RFC 3533, section 6).</summary>
internal static class OggPages
{
    private const int Header = 27;
    private const int Checksum = 22;
    private const int CountOfFlac = Header + 1 + 31; // its last four bytes, in a first page of one packet

    public static IEnumerable<(int Start, int End)> Of(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var segments = bytes[at + Header - 1];
            var end = at + Header + segments + bytes.AsSpan(at + Header, segments).ToArray().Sum(size => size);
            yield return (at, end);
            at = end;
        }
    }

    /// <summary>The same FLAC with a count of its samples, as a recorder that came to its end leaves it.</summary>
    public static byte[] Counted(byte[] flac, int samples)
    {
        var result = flac.ToArray();
        var first = result.AsSpan(0, Of(flac).First().End);
        BinaryPrimitives.WriteInt32BigEndian(first[CountOfFlac..], samples);
        first.Slice(Checksum, 4).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(first[Checksum..], ChecksumOf(first));
        return result;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> page)
    {
        uint sum = 0;
        foreach (var each in page)
        {
            sum ^= (uint)each << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum << 1) ^ ((sum >> 31) * 0x04C1_1DB7);
            }
        }

        return sum;
    }
}
