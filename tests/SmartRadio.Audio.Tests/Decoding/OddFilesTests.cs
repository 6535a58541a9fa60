using System.Buffers.Binary;
using System.Text;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Decoding;

/// <summary>What phones, dictaphones, messengers and offices really hand over is taken, whole.</summary>
public sealed class OddFilesTests : IDisposable
{
    private const double Whole = 34.4; // three times the announcement

    private static readonly string[] Picture = ["-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x64:d=20"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("memo.m4a", "-c:a aac -ar 44100 -f ipod")]
    [InlineData("chat.aac", "-c:a aac -f adts")]
    [InlineData("radio.latm", "-c:a aac -f latm")]
    [InlineData("android.mp4", "-c:a libopus")]
    [InlineData("film.mp4", "-c:a libmp3lame")]
    [InlineData("voice.oga", "-c:a libvorbis")]
    [InlineData("voice.spx", "-c:a libspeex -ar 16000")]
    [InlineData("quiet.webm", "-c:a libopus -application voip -dtx 1")]
    [InlineData("old.asf", "-c:a wmav1")]
    [InlineData("studio.aiff", "-c:a pcm_s24be")]
    [InlineData("mac.aif", "-c:a pcm_s16le -f aiff")]
    [InlineData("mac.aifc", "-c:a adpcm_ima_qt -f aiff")]
    [InlineData("telephone.wav", "-c:a pcm_u8 -ar 8000")]
    [InlineData("telephone.wav", "-c:a libgsm_ms -ar 8000")]
    [InlineData("dictaphone.wav", "-c:a adpcm_ms")]
    [InlineData("dictaphone.wav", "-c:a adpcm_ima_wav")]
    [InlineData("dictaphone.wav", "-c:a libmp3lame -f wav")]
    [InlineData("extensible.wav", "-c:a pcm_s24le -ac 2")]
    [InlineData("extensible.wav", "-c:a pcm_s16le -ac 6")]
    [InlineData("float.wav", "-c:a pcm_f32le")]
    [InlineData("float.wav", "-c:a pcm_f64le")]
    [InlineData("large.wav", "-c:a pcm_s16le -rf64 always")]
    [InlineData("sony.w64", "-c:a pcm_s16le")]
    public async Task Sound_alone_is_taken(string name, string encoding)
    {
        await Studio.SpeechAsync(_folder, name, encoding.Split(' '));

        await TakenAsync(name, Whole);
    }

    [Theory]
    [InlineData("camera.wmv", "-c:v wmv2 -c:a wmav2")]
    [InlineData("disc.vob", "-c:v mpeg2video -c:a mp2")]
    [InlineData("disc.mpg", "-c:v mpeg1video -r 25 -c:a mp2 -ar 44100")]
    [InlineData("old.ogv", "-c:v libtheora -c:a libvorbis")]
    [InlineData("phone.mov", "-c:v libx264 -c:a aac -timecode 00:00:00:00")]
    public async Task Sound_of_a_film_is_taken(string name, string encoding)
    {
        var speech = await Studio.SpeechAsync(_folder, "three.wav");
        Tool.Ffmpeg([.. Picture, "-i", speech, .. encoding.Split(' '), _folder.File(name)]);

        await TakenAsync(name, Whole);
    }

    [Theory]
    [InlineData("voice.amr", "-c copy")]
    [InlineData("voice.3gp", "-c copy")]
    public async Task Speech_of_an_older_phone_is_taken(string name, string copying)
    {
        var speech = await Studio.SpeechAsync(_folder, "eight.wav", "-ar", "8000", "-af", "volume=0.7");
        Tool.Sox(speech, "-t", "amr-nb", _folder.File("recorded.amr"));
        Tool.Ffmpeg(["-v", "error", "-i", _folder.File("recorded.amr"), .. copying.Split(' '), _folder.File(name)]);

        await TakenAsync(name, Whole);
    }

    [Fact]
    public async Task A_book_with_chapters_is_taken()
    {
        await File.WriteAllTextAsync(
            _folder.File("chapters"),
            ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=9\ntitle=Một\n"
            + "[CHAPTER]\nTIMEBASE=1/1\nSTART=9\nEND=30\ntitle=Hai\n");
        Tool.Ffmpeg(
            "-v", "error", "-i", await Studio.SpeechAsync(_folder, "three.wav"), "-i", _folder.File("chapters"), "-map_metadata",
            "1", "-c:a", "aac", "-f", "ipod", _folder.File("book.m4b"));

        await TakenAsync("book.m4b", Whole);
    }

    [Fact]
    public async Task A_film_whose_sound_begins_with_an_empty_edit_is_taken()
    {
        var speech = await Studio.SpeechAsync(_folder, "three.wav");
        Tool.Ffmpeg("-v", "error", "-itsoffset", "3", "-i", speech, "-c:a", "aac", _folder.File("late.mp4"));
        Assert.True((await File.ReadAllBytesAsync(_folder.File("late.mp4"))).AsSpan().IndexOf("elst"u8) > 0);

        await TakenAsync("late.mp4", Whole);
    }

    [Fact]
    public async Task Tags_of_20_megabytes_before_and_behind_an_MP3_are_passed_over()
    {
        await Studio.SpeechAsync(_folder, "plain.mp3", "-b:a", "64k", "-id3v2_version", "0", "-write_xing", "0");
        var cover = new byte[20_000_000];
        new Random(16).NextBytes(cover);
        var picture = (byte[])[.. "\0image/jpeg\0\x3\0"u8, .. cover];
        var frame = (byte[])[.. "APIC"u8, .. BigEndian(picture.Length), 0, 0, .. picture];
        byte[] size = [.. new[] { 21, 14, 7, 0 }.Select(bits => (byte)((frame.Length >> bits) & 127))];
        var item = (byte[])[.. LittleEndian(300_000, 2), .. "Cover Art (Front)\0"u8, .. cover.AsSpan(0, 300_000)];
        byte[] Ape(uint flags) => [.. "APETAGEX"u8, .. LittleEndian(2000, item.Length + 32, 1, (int)flags), .. new byte[8]];
        var sound = await File.ReadAllBytesAsync(_folder.File("plain.mp3"));

        await File.WriteAllBytesAsync(
            _folder.File("tags.mp3"),
            [
                .. "ID3\x3\0\0"u8, .. size, .. frame, .. sound, .. Ape(0xA000_0000), .. item, .. Ape(0x8000_0000),
                .. "TAG"u8, .. new byte[125],
            ]);

        await TakenAsync("tags.mp3", Whole);
    }

    [Fact]
    public async Task A_download_that_begins_with_zeros_is_taken()
    {
        await Studio.SpeechAsync(_folder, "plain.mp3", "-b:a", "64k");
        var sound = await File.ReadAllBytesAsync(_folder.File("plain.mp3"));
        await File.WriteAllBytesAsync(_folder.File("zeros.mp3"), [.. new byte[200_000], .. sound]);

        await TakenAsync("zeros.mp3", Whole);
    }

    [Fact]
    public async Task A_WAV_of_broadcasters_is_taken()
    {
        await Studio.SpeechAsync(_folder, "rf64.wav", "-c:a", "pcm_s16le", "-rf64", "always");
        var bytes = await File.ReadAllBytesAsync(_folder.File("rf64.wav"));
        Encoding.ASCII.GetBytes("BW64", bytes);
        await File.WriteAllBytesAsync(_folder.File("bw64.wav"), bytes);

        await TakenAsync("bw64.wav", Whole);
    }

    [Fact]
    public async Task A_sound_of_Sun_without_its_size_is_taken()
    {
        await Studio.SpeechAsync(_folder, "sized.au", "-c:a", "pcm_s16be");
        var bytes = await File.ReadAllBytesAsync(_folder.File("sized.au"));
        bytes.AsSpan(8, 4).Fill(0xFF);
        await File.WriteAllBytesAsync(_folder.File("stream.au"), bytes);

        await TakenAsync("stream.au", Whole);
    }

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] LittleEndian(params int[] numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];

    private async Task TakenAsync(string name, double seconds)
    {
        var master = await Studio.Preparer().PrepareAsync(
            _folder.File(name), _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);

        Assert.InRange(master.Length.TotalSeconds, seconds - 1, seconds + 1);
        Assert.InRange(master.Loudness, -17.5, -15);
    }
}
