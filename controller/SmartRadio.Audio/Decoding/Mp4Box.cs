using System.Buffers.Binary;
using System.Text;

namespace SmartRadio.Audio.Decoding;

/// <summary>Boxes of an MP4: a size of 4 bytes that counts itself, a name of 4 letters, content (ISO/IEC 14496-12, section 4.2).
/// </summary>
internal static class Mp4Box
{
    private const int MostInside = 4096;

    public static string Name(ReadOnlySpan<byte> box) => Encoding.Latin1.GetString(box[4..8]);

    /// <summary>Its size in bytes with its heading; below 8 where none is told.</summary>
    /// <param name="box">Its beginning.</param>
    /// <param name="read">How many bytes of it were read.</param>
    public static ulong Size(ReadOnlySpan<byte> box, int read)
    {
        ulong size = BinaryPrimitives.ReadUInt32BigEndian(box);
        return size != 1 ? size : read >= 16 ? BinaryPrimitives.ReadUInt64BigEndian(box[8..]) : ulong.MaxValue;
    }

    /// <summary>The boxes within a box whose heading has 8 bytes: name and content, without their headings.</summary>
    public static IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> Inside(ReadOnlyMemory<byte> content)
    {
        for (var i = 0; i < MostInside && content.Length >= 8; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(content.Span);
            if (size < 8 || size > content.Length)
            {
                yield break;
            }

            yield return (Name(content.Span), content[8..(int)size]);
            content = content[(int)size..];
        }
    }

    /// <summary>A number of 4 bytes, or 0 beyond the end.</summary>
    public static uint Word(ReadOnlySpan<byte> content, int at) =>
        at >= 0 && at + 4 <= content.Length ? BinaryPrimitives.ReadUInt32BigEndian(content[at..]) : 0;

    /// <summary>A number of 8 bytes, or 0 beyond the end.</summary>
    public static ulong Long(ReadOnlySpan<byte> content, int at) =>
        at >= 0 && at + 8 <= content.Length ? BinaryPrimitives.ReadUInt64BigEndian(content[at..]) : 0;

    /// <summary>Whether numbers of time have 8 bytes.</summary>
    public static bool IsLong(ReadOnlySpan<byte> content) => content.Length > 0 && content[0] == 1;
}
