using System.Buffers.Binary;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Decoding;

/// <summary>A file whose sound can be read is taken, whatever else is in it.</summary>
public sealed class TakingTests : IDisposable
{
    private const double Whole = 34.4; // three times the announcement

    private static readonly string[] Picture = ["-f", "lavfi", "-i", "testsrc=s=64x64:d=20", "-v", "error"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("film.mp4", "-c:v libx264 -c:a aac")]
    [InlineData("film.mov", "-c:v mjpeg -c:a pcm_s16le")]
    [InlineData("film.3gp", "-c:v h263 -s 128x96 -c:a aac")]
    [InlineData("film.webm", "-c:v libvpx -c:a libopus")]
    [InlineData("film.mkv", "-c:v mpeg4 -c:a libvorbis")]
    [InlineData("camera.avi", "-c:v mjpeg -c:a libmp3lame")]
    [InlineData("camera.ts", "-c:v mpeg2video -c:a mp2")]
    [InlineData("fragmented.mp4", "-c:v libx264 -c:a aac -movflags frag_keyframe+empty_moov+default_base_moof")]
    public async Task A_film_gives_its_sound(string name, string encoding)
    {
        var speech = await Studio.SpeechAsync(_folder, "three.wav");
        Tool.Ffmpeg([.. Picture, "-itsoffset", "5", "-i", speech, .. encoding.Split(' '), _folder.File(name)]);

        await TakenAsync(name, Whole);
    }

    [Theory]
    [InlineData("cover.mp3", "-c:a libmp3lame")]
    [InlineData("cover.m4a", "-c:a aac")]
    [InlineData("cover.flac", "-c:a flac")]
    public async Task A_cover_picture_is_passed_over(string name, string encoding)
    {
        var speech = await Studio.SpeechAsync(_folder, "three.wav");
        Tool.Ffmpeg("-v", "error", "-f", "lavfi", "-i", "testsrc=s=300x300", "-frames:v", "1", _folder.File("cover.png"));
        Tool.Ffmpeg(
            ["-v", "error", "-i", speech, "-i", _folder.File("cover.png"), "-map", "0", "-map", "1", .. encoding.Split(' '),
                "-c:v", "copy", "-disposition:v", "attached_pic", _folder.File(name)]);

        await TakenAsync(name, Whole);
    }

    [Theory]
    [InlineData("iphone.caf", "-c:a alac")]
    [InlineData("pcm.caf", "-c:a pcm_s16le")]
    [InlineData("message.caf", "-c:a libopus -ar 48000")]
    [InlineData("sun.au", "-c:a pcm_mulaw")]
    public async Task Sound_of_other_containers_is_taken(string name, string encoding)
    {
        await Studio.SpeechAsync(_folder, name, encoding.Split(' '));

        await TakenAsync(name, Whole);
    }

    [Fact]
    public async Task The_default_of_several_tracks_is_taken()
    {
        var speech = await Studio.SpeechAsync(_folder, "three.wav");
        Tool.Ffmpeg(
            "-v", "error", "-f", "lavfi", "-i", "sine=500:d=8", "-i", speech, "-map", "0", "-map", "1", "-c:a", "libvorbis",
            "-disposition:a:0", "0", "-disposition:a:1", "default", _folder.File("two.mkv"));

        await TakenAsync("two.mkv", Whole);
    }

    [Fact]
    public async Task Of_64_tracks_the_one_with_sound_is_taken()
    {
        var speech = await Studio.SpeechAsync(_folder, "three.wav");
        Tool.Ffmpeg(
            ["-v", "error", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono:d=34", "-i", speech,
                .. Enumerable.Range(0, 64).SelectMany(i => new[] { "-map", i == 37 ? "1" : "0" }), "-c:a", "pcm_s16le",
                _folder.File("recorder.mov")]);

        await TakenAsync("recorder.mov", Whole);
    }

    [Theory]
    [InlineData("-af pan=stereo|c0=c0|c1=-1*c0")]
    [InlineData("-af pan=stereo|c0=c0|c1=-0.97*c0")]
    [InlineData("-af pan=stereo|c0=0*c0|c1=c0")]
    [InlineData("-af pan=4c|c3=c0")]
    [InlineData("-af pan=5.1|c3=c0")]
    [InlineData("-af pan=7.1|c1=c0|c7=-1*c0")]
    public async Task Channels_neither_cancel_nor_hide_the_voice(string encoding)
    {
        var mono = await Studio.MasterAsync(_folder);
        var level = Signal.Level(Signal.ReadWav(mono.Path));
        Tool.Ffmpeg(["-v", "error", "-i", _folder.File("speech.wav"), .. encoding.Split(' '), _folder.File("channels.wav")]);

        await TakenAsync("channels.wav", mono.Length.TotalSeconds);

        Assert.Equal(level, Signal.Level(Signal.ReadWav(_folder.File("master.wav"))), 0.5);
    }

    [Theory]
    [InlineData("-af pan=stereo|c0=c0|c1=-1*c0", SoundRepairs.OppositeChannels)]
    [InlineData("-af pan=stereo|c0=0*c0|c1=c0", SoundRepairs.SilentChannels)]
    [InlineData("-af pan=5.1|c1=c0|c3=-0.98*c0", SoundRepairs.OppositeChannels | SoundRepairs.SilentChannels)]
    [InlineData("-af pan=stereo|c0=c0|c1=c0", SoundRepairs.None)]
    [InlineData("-ac 1", SoundRepairs.None)]
    public async Task What_was_mended_in_the_channels_is_told(string encoding, SoundRepairs repairs)
    {
        var speech = await Studio.SpeechAsync(_folder);
        Tool.Ffmpeg(["-v", "error", "-i", speech, .. encoding.Split(' '), _folder.File("channels.wav")]);

        Assert.Equal(repairs, (await PrepareAsync("channels.wav")).Repairs);
    }

    [Fact]
    public async Task A_gap_in_the_timestamps_becomes_silence()
    {
        var speech = await Studio.SpeechAsync(_folder);
        Tool.Ffmpeg(
            "-v", "error", "-i", speech, "-af", "aselect='not(between(t,3,7))'", "-c:a", "libopus", "-f", "webm",
            _folder.File("muted.webm"));

        await TakenAsync("muted.webm", (await Studio.MasterAsync(_folder)).Length.TotalSeconds);
    }

    [Fact]
    public async Task A_recording_trimmed_by_its_edit_list_is_as_long_as_it_plays()
    {
        var path = await Studio.SpeechAsync(_folder, "memo.m4a", "-c:a", "aac", "-ar", "44100");
        var bytes = await File.ReadAllBytesAsync(path);
        var scale = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(bytes.AsSpan().IndexOf("mvhd"u8) + 16));
        var edits = bytes.AsSpan(bytes.AsSpan().IndexOf("elst"u8) + 8);
        var last = edits[(4 + ((BinaryPrimitives.ReadInt32BigEndian(edits) - 1) * 12))..];
        BinaryPrimitives.WriteInt32BigEndian(last, 4 * scale);
        BinaryPrimitives.WriteInt32BigEndian(last[4..], 3 * 44_100);
        await File.WriteAllBytesAsync(path, bytes);

        await TakenAsync("memo.m4a", 4);
    }

    [Theory]
    [InlineData("telephone.wav", "-c:a g722 -ar 16000")]
    [InlineData("telephone.wav", "-c:a g726 -ar 8000")]
    public async Task Codecs_of_telephone_exchanges_are_taken(string name, string encoding)
    {
        await Studio.SpeechAsync(_folder, name, encoding.Split(' '));

        await TakenAsync(name, Whole);
    }

    [Theory]
    [InlineData("film.mp4", "-c:v libx264 -c:a aac -movflags faststart")]
    [InlineData("film.mkv", "-c:v mpeg4 -c:a libvorbis")]
    public async Task A_film_cut_off_on_its_way_is_truncated(string name, string encoding)
    {
        var speech = await Studio.SpeechAsync(_folder, "three.wav");
        Tool.Ffmpeg([.. Picture, "-i", speech, .. encoding.Split(' '), _folder.File(name)]);
        var whole = await File.ReadAllBytesAsync(_folder.File(name));
        await File.WriteAllBytesAsync(_folder.File(name), whole[..(whole.Length * 6 / 10)]);

        Assert.Equal(AudioRefusal.Truncated, await Studio.RefusalAsync(() => PrepareAsync(name)));
    }

    [Fact]
    public async Task A_WAV_size_that_counts_its_heading_is_no_cut()
    {
        var speech = await Studio.SpeechAsync(_folder, "heading.wav");
        var bytes = await File.ReadAllBytesAsync(speech);
        var size = bytes.AsSpan(bytes.AsSpan().IndexOf("data"u8) + 4);
        BinaryPrimitives.WriteUInt32LittleEndian(size, BinaryPrimitives.ReadUInt32LittleEndian(size) + 44);
        await File.WriteAllBytesAsync(speech, bytes);

        await TakenAsync("heading.wav", Whole);
    }

    [Fact]
    public async Task A_cut_file_says_where_its_sound_ends()
    {
        var whole = await File.ReadAllBytesAsync(await Studio.SpeechAsync(_folder, "whole.flac"));
        await File.WriteAllBytesAsync(_folder.File("cut.flac"), whole[..(whole.Length / 2)]);

        var refused = await Assert.ThrowsAsync<AudioRefusedException>(() => PrepareAsync("cut.flac"));

        Assert.Equal(AudioRefusal.Truncated, refused.Reason);
        Assert.InRange(refused.EndsAt.TotalSeconds, 12, 22);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(44)]
    public async Task A_clean_recording_far_too_quiet_is_raised(int quieter)
    {
        await Studio.SpeechAsync(
            _folder, "quiet.wav", "-af", $"volume=-{quieter}dB:precision=double", "-c:a", "pcm_s24le");

        Assert.InRange((await PrepareAsync("quiet.wav")).Loudness, -17.5, -15);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    public async Task A_constant_offset_makes_no_thump(double offset)
    {
        await Studio.SpeechAsync(
            _folder, "offset.wav", "-ar", "48000", "-af", FormattableString.Invariant($"volume=0.5,adelay=300,dcshift={offset}"));

        var samples = Signal.ReadWav((await PrepareAsync("offset.wav")).Path);

        Assert.True(samples[..1600].Max(Math.Abs) < 0.2, $"{samples[..1600].Max(Math.Abs)}");
    }

    private Task<Master> PrepareAsync(string name) =>
        Studio.Preparer().PrepareAsync(
            _folder.File(name), _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);

    private async Task TakenAsync(string name, double seconds)
    {
        var master = await PrepareAsync(name);

        Assert.InRange(master.Length.TotalSeconds, seconds - 1, seconds + 1);
        Assert.InRange(master.Loudness, -17.5, -15);
    }
}
