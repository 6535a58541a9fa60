using System.Buffers.Binary;
using System.Text;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Decoding;

/// <summary>
/// An MP4 in fragments is refused where it says that more was to come, and taken where it ends between two of them: a browser's
/// recording has no other end.
/// </summary>
public sealed class CutFragmentsTests : IDisposable
{
    private const string Fragments = "-c:a aac -frag_duration 1000000 -movflags empty_moov+default_base_moof";
    private const string Indexed = Fragments + "+dash+global_sidx";
    private const double Whole = 34.4; // three times the announcement

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recording_without_any_index_is_taken()
    {
        var bytes = await MadeAsync(Fragments);

        Assert.InRange(await TakenAsync(bytes[..IndexOf(bytes)]), Whole - 0.5, Whole + 0.5);
    }

    [Fact]
    public async Task Recording_that_ends_between_two_fragments_is_taken()
    {
        var bytes = await MadeAsync(Fragments);

        Assert.InRange(await TakenAsync(bytes[..BoxesOf(bytes).Where(box => box.Name == "moof").ElementAt(20).Start]), 19, 21.5);
    }

    [Theory]
    [InlineData(0.5)] // in its heading: ffmpeg reads nothing of the file
    [InlineData(1)] // behind its heading
    [InlineData(3)] // in its data
    public async Task Fragment_that_is_not_all_there_is_truncated(double headings)
    {
        var bytes = await MadeAsync(Fragments);
        var (_, start, size) = BoxesOf(bytes).Where(box => box.Name == "moof").ElementAt(20);

        var refused = await RefusedAsync(bytes[..(start + (int)(headings * size))]);

        Assert.Equal(AudioRefusal.Truncated, refused.Reason);
        Assert.InRange(refused.EndsAt.TotalSeconds, 19, 22);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(1, false)]
    public async Task Fragments_that_the_index_tells_of_are_missed(int missing, bool isTruncated)
    {
        var bytes = await MadeAsync(Indexed);
        var kept = BoxesOf(bytes).Where(box => box.Name == "moof").Reverse().ElementAt(missing - 1).Start;

        await MissedAsync(bytes[..kept], isTruncated);
    }

    [Theory]
    [InlineData(34_400, false)]
    [InlineData(35_200, false)]
    [InlineData(40_000, true)]
    public async Task Length_of_all_fragments_is_believed_but_for_a_second(int milliseconds, bool isTruncated)
    {
        var bytes = await MadeAsync(Fragments);

        await MissedAsync(WithLength(bytes[..IndexOf(bytes)], milliseconds), isTruncated);
    }

    [Fact]
    public async Task Last_bytes_of_a_fragment_are_not_missed_where_the_length_is_told()
    {
        var bytes = await MadeAsync(Fragments);

        await MissedAsync(WithLength(bytes[..(IndexOf(bytes) - 20)], 34_400), isTruncated: false);
    }

    // Boxes that hold others, or nothing of what they say they hold.
    [Fact]
    public async Task Damaged_boxes_are_read_or_refused_but_never_more()
    {
        var whole = await MadeAsync(Indexed);
        var random = new Random(20);
        for (var round = 0; round < 12; round++)
        {
            var bytes = whole.ToArray();
            foreach (var (_, start, size) in BoxesOf(whole).Where(box => box.Name is "moov" or "moof" or "sidx"))
            {
                bytes[start + 8 + random.Next(size - 8)] = (byte)random.Next(256);
            }

            await File.WriteAllBytesAsync(_folder.File("damaged.mp4"), bytes);
            try
            {
                await PrepareAsync("damaged.mp4");
            }
            catch (AudioRefusedException refused)
            {
                Assert.True(refused.Reason is not (AudioRefusal.ToolFailed or AudioRefusal.TimedOut), refused.Message);
            }
        }
    }

    private static byte[] WithLength(byte[] bytes, int milliseconds)
    {
        byte[] header = [0, 0, 0, 16, .. "mehd"u8, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(12), milliseconds); // ffmpeg's movies count milliseconds
        var result = bytes.ToArray();
        foreach (var name in new[] { "moov", "mvex" })
        {
            var size = result.AsSpan(result.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name)) - 4);
            BinaryPrimitives.WriteInt32BigEndian(size, BinaryPrimitives.ReadInt32BigEndian(size) + header.Length);
        }

        var at = bytes.AsSpan().IndexOf("mvex"u8) + 4;
        return [.. result[..at], .. header, .. result[at..]];
    }

    // Where the fragments end.
    private static int IndexOf(byte[] bytes) => BoxesOf(bytes).First(box => box.Name == "mfra").Start;

    private static IEnumerable<(string Name, int Start, int Size)> BoxesOf(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            yield return (Encoding.Latin1.GetString(bytes, at + 4, 4), at, size);
            at += size;
        }
    }

    private async Task<byte[]> MadeAsync(string encoding) =>
        await File.ReadAllBytesAsync(await Studio.SpeechAsync(_folder, "whole.mp4", encoding.Split(' ')));

    private async Task MissedAsync(byte[] bytes, bool isTruncated)
    {
        if (isTruncated)
        {
            Assert.Equal(AudioRefusal.Truncated, (await RefusedAsync(bytes)).Reason);
        }
        else
        {
            await TakenAsync(bytes);
        }
    }

    private async Task<double> TakenAsync(byte[] bytes)
    {
        await File.WriteAllBytesAsync(_folder.File("cut.mp4"), bytes);
        return (await PrepareAsync("cut.mp4")).Length.TotalSeconds;
    }

    private async Task<AudioRefusedException> RefusedAsync(byte[] bytes)
    {
        await File.WriteAllBytesAsync(_folder.File("cut.mp4"), bytes);
        return await Assert.ThrowsAsync<AudioRefusedException>(() => PrepareAsync("cut.mp4"));
    }

    private Task<Master> PrepareAsync(string name) => Studio.Preparer().PrepareAsync(
        _folder.File(name), _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);
}
