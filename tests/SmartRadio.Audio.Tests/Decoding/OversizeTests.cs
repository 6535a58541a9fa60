using System.Buffers.Binary;
using System.Diagnostics;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Decoding;

/// <summary>What is huge, or says that it is, costs neither time nor memory, and leaves nothing.</summary>
public sealed class OversizeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cover.mp3", 100)]
    [InlineData("cover.mp3", 300)]
    public async Task A_cover_of_any_size_is_passed_over(string name, int megabytes)
    {
        var speech = await File.ReadAllBytesAsync(await Studio.SpeechAsync(_folder, "speech.mp3", "-b:a", "64k", "-id3v2_version", "0"));
        await File.WriteAllBytesAsync(_folder.File(name), [.. Id3Picture(megabytes << 20), .. speech]);

        var master = await PrepareAsync(name);

        Assert.InRange(master.Length.TotalSeconds, 33, 36);
    }

    [Fact]
    public async Task A_picture_that_unpacks_without_end_is_never_opened()
    {
        var speech = await Studio.SpeechAsync(_folder);
        Tool.Ffmpeg(
            "-v", "error", "-f", "lavfi", "-i", "color=s=8192x8192:r=1:d=12", "-i", speech, "-c:v", "png", "-c:a", "flac",
            _folder.File("bomb.mkv"));
        var start = Stopwatch.GetTimestamp();

        Assert.InRange((await PrepareAsync("bomb.mkv")).Length.TotalSeconds, 11, 13);

        Assert.True(Stopwatch.GetElapsedTime(start) < Patience);
    }

    [Fact]
    public async Task Zeros_of_5_GB_are_no_audio()
    {
        await using (var file = File.Create(_folder.File("zeros.mp3")))
        {
            file.SetLength(5L << 30);
        }

        await RefusedAsync("zeros.mp3", AudioRefusal.NotAudio);
    }

    [Fact]
    public async Task A_WAV_of_5_GB_is_too_long()
    {
        Signal.WriteWav(_folder.File("long.wav"), Signal.Sine(500, 1));
        await using (var file = File.OpenWrite(_folder.File("long.wav")))
        {
            file.SetLength(5L << 30);
            file.Position = 40;
            await file.WriteAsync(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF });
        }

        await RefusedAsync("long.wav", AudioRefusal.TooLong);
    }

    [Fact]
    public async Task A_WAV_that_says_it_has_4_GB_is_cut_off()
    {
        Signal.WriteWav(_folder.File("short.wav"), Signal.Sine(500, 1));
        var bytes = await File.ReadAllBytesAsync(_folder.File("short.wav"));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf("data"u8) + 4), 0x7000_0000);
        await File.WriteAllBytesAsync(_folder.File("short.wav"), bytes);

        await RefusedAsync("short.wav", AudioRefusal.Truncated);
    }

    [Fact]
    public async Task Ten_thousand_tracks_are_refused_at_once()
    {
        // An AVI of nothing but headings of tracks, and a little sound.
        List<byte> headers = [.. Chunk("avih", new byte[56])];
        byte[] track =
        [
            .. Chunk("strh", [.. "auds"u8, .. new byte[52]]),
            .. Chunk("strf", [1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0]),
        ];
        for (var i = 0; i < 10_000; i++)
        {
            headers.AddRange(Chunk("LIST", [.. "strl"u8, .. track]));
        }

        byte[] content =
        [
            .. "AVI "u8, .. Chunk("LIST", [.. "hdrl"u8, .. headers]),
            .. Chunk("LIST", [.. "movi"u8, .. Chunk("00wb", new byte[16_000])]),
        ];
        await File.WriteAllBytesAsync(_folder.File("tracks.avi"), Chunk("RIFF", content));

        await RefusedAsync("tracks.avi", AudioRefusal.NotAudio);
    }

    [Fact]
    public async Task A_large_attachment_is_passed_over()
    {
        var speech = await Studio.SpeechAsync(_folder);
        await File.WriteAllBytesAsync(_folder.File("font.ttf"), new byte[100 << 20]);
        Tool.Ffmpeg(
            "-v", "error", "-i", speech, "-attach", _folder.File("font.ttf"), "-metadata:s:t", "mimetype=application/x-font-ttf",
            "-c:a", "flac", _folder.File("attached.mkv"));

        Assert.InRange((await PrepareAsync("attached.mkv")).Length.TotalSeconds, 11, 13);
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)content.Length);
        return [.. name.Select(each => (byte)each), .. size, .. content, .. new byte[content.Length & 1]];
    }

    // ID3v2.3 with one APIC frame; the size of the tag has seven bits a byte.
    private static byte[] Id3Picture(int bytes)
    {
        byte[] head = [0, .. "image/png"u8, 0, 3, 0];
        var frame = head.Length + bytes;
        var tag = frame + 10;
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, frame);
        return
        [
            .. "ID3"u8, 3, 0, 0, (byte)((tag >> 21) & 0x7F), (byte)((tag >> 14) & 0x7F), (byte)((tag >> 7) & 0x7F), (byte)(tag & 0x7F),
            .. "APIC"u8, .. size, 0, 0, .. head, .. new byte[bytes],
        ];
    }

    private Task<Master> PrepareAsync(string name) =>
        Studio.Preparer().PrepareAsync(
            _folder.File(name), _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);

    private async Task RefusedAsync(string name, AudioRefusal reason)
    {
        var start = Stopwatch.GetTimestamp();

        Assert.Equal(reason, await Studio.RefusalAsync(() => PrepareAsync(name)));

        Assert.True(Stopwatch.GetElapsedTime(start) < Patience);
        Assert.Equal([name], _folder.Names);
    }
}
