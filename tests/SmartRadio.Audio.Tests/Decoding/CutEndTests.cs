using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Decoding;

/// <summary>A file that lacks less than about 1 % and a second of its sound is taken, in every container.</summary>
public sealed class CutEndTests : IDisposable
{
    private const double Whole = 34.4; // three times the announcement

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("vorbis.ogg", "-c:a libvorbis")]
    [InlineData("opus.ogg", "-c:a libopus")]
    [InlineData("flac.ogg", "-c:a flac")]
    [InlineData("windows.wma", "-c:a wmav2")]
    [InlineData("studio.wav", "-c:a pcm_s16le -ar 44100")]
    [InlineData("speech.mp3", "-b:a 128k")]
    [InlineData("vbr.mp3", "-q:a 3")]
    [InlineData("speech.flac", "-c:a flac")]
    [InlineData("web.m4a", "-b:a 64k -movflags faststart")]
    [InlineData("pcm.caf", "-c:a pcm_s16le")]
    [InlineData("mac.aiff", "-c:a pcm_s16be")]
    [InlineData("speech.webm", "-c:a libopus")]
    [InlineData("fragments.mp4", "-c:a aac -frag_duration 1000000 -movflags empty_moov+default_base_moof")]
    [InlineData("sony.w64", "-c:a pcm_s16le")]
    [InlineData("rf64.wav", "-c:a pcm_s16le -rf64 always")]
    public async Task A_sound_without_its_last_bytes_is_taken(string name, string encoding)
    {
        await Studio.SpeechAsync(_folder, name, encoding.Split(' '));

        await TakenWithoutAsync(name, 1);
        await TakenWithoutAsync(name, 20);
    }

    [Theory]
    [InlineData("film.mp4", "-c:v libx264 -c:a aac -movflags faststart")]
    [InlineData("film.mkv", "-c:v mpeg4 -c:a libvorbis")]
    [InlineData("film.webm", "-c:v libvpx -c:a libopus")]
    [InlineData("camera.avi", "-c:v mjpeg -c:a libmp3lame")]
    [InlineData("camera.ts", "-c:v mpeg2video -c:a mp2")]
    public async Task A_film_without_its_last_bytes_is_taken(string name, string encoding)
    {
        Tool.Ffmpeg(
            ["-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x64:d=20", "-i", await Studio.SpeechAsync(_folder, "three.wav"),
                .. encoding.Split(' '), _folder.File(name)]);

        await TakenWithoutAsync(name, 1);
        await TakenWithoutAsync(name, 2000);
    }

    [Theory]
    [InlineData("vorbis.ogg", "-c:a libvorbis")]
    [InlineData("opus.ogg", "-c:a libopus")]
    [InlineData("windows.wma", "-c:a wmav2")]
    [InlineData("studio.wav", "-c:a pcm_s16le -ar 44100")]
    [InlineData("rf64.wav", "-c:a pcm_s16le -rf64 always")]
    [InlineData("sony.w64", "-c:a pcm_s16le")]
    [InlineData("pcm.caf", "-c:a pcm_s16le")]
    [InlineData("tape.avi", "-c:a pcm_s16le")]
    [InlineData("mac.aiff", "-c:a pcm_s16be")]
    [InlineData("sun.au", "-c:a pcm_s16be")]
    public async Task A_sound_that_lacks_2_seconds_is_truncated(string name, string encoding)
    {
        await Studio.SpeechAsync(_folder, name, encoding.Split(' '));
        var bytes = new FileInfo(_folder.File(name)).Length;

        Cut(name, (int)(bytes * 2 / Whole));

        Assert.Equal(AudioRefusal.Truncated, await Studio.RefusalAsync(() => PrepareAsync("cut-" + name)));
    }

    [Fact]
    public async Task An_Ogg_whose_last_page_holds_3_seconds_is_truncated_without_it()
    {
        await Studio.SpeechAsync(_folder, "long.ogg", "-c:a", "libopus", "-page_duration", "4000000");

        Cut("long.ogg", 1);

        Assert.Equal(AudioRefusal.Truncated, await Studio.RefusalAsync(() => PrepareAsync("cut-long.ogg")));
    }

    [Fact]
    public async Task An_Ogg_that_ends_within_a_packet_is_truncated()
    {
        await Studio.SpeechAsync(_folder, "packets.ogg", "-c:a", "flac", "-ar", "48000", "-page_duration", "60000000");
        var bytes = await File.ReadAllBytesAsync(_folder.File("packets.ogg"));
        // Pages are full before their packet ends.
        var page = OggPages.Of(bytes).First(each =>
            each.End > bytes.Length / 2 && bytes[each.Start + 26 + bytes[each.Start + 26]] == 255);

        Cut("packets.ogg", bytes.Length - page.End);

        Assert.Equal(AudioRefusal.Truncated, await Studio.RefusalAsync(() => PrepareAsync("cut-packets.ogg")));
    }

    [Fact]
    public async Task An_Ogg_of_a_recorder_that_never_said_its_end_is_taken()
    {
        await Studio.SpeechAsync(_folder, "live.ogg", "-c:a", "libopus");
        var bytes = await File.ReadAllBytesAsync(_folder.File("live.ogg"));
        var page = OggPages.Of(bytes).First(each => each.End > bytes.Length / 2);

        Cut("live.ogg", bytes.Length - page.End);

        Assert.InRange((await PrepareAsync("cut-live.ogg")).Length.TotalSeconds, 15, 20);
    }

    [Fact]
    public async Task An_iPhone_recording_without_its_table_of_packets_is_unfinished()
    {
        await Studio.SpeechAsync(_folder, "iphone.caf", "-c:a", "alac");

        Cut("iphone.caf", (int)new FileInfo(_folder.File("iphone.caf")).Length / 3);

        Assert.Equal(AudioRefusal.Unfinished, await Studio.RefusalAsync(() => PrepareAsync("cut-iphone.caf")));
    }

    private async Task TakenWithoutAsync(string name, int missing)
    {
        Cut(name, missing);

        Assert.InRange((await PrepareAsync("cut-" + name)).Length.TotalSeconds, Whole - 1.5, Whole + 0.5);
    }

    private void Cut(string name, int missing) =>
        File.WriteAllBytes(_folder.File("cut-" + name), File.ReadAllBytes(_folder.File(name))[..^missing]);

    private Task<Master> PrepareAsync(string name) => Studio.Preparer().PrepareAsync(
        _folder.File(name), _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);
}
