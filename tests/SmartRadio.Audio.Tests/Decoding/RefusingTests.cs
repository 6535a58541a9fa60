using System.Text;
using SmartRadio.Audio.Tests.Setting;
using SmartRadio.Testing.Files;

namespace SmartRadio.Audio.Tests.Decoding;

/// <summary>What cannot be aired is refused with its reason, and nothing is left or changed.</summary>
public sealed class RefusingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_without_bytes_is_empty() => await RefusedAsync(Given("empty.mp3", []), AudioRefusal.Empty);

    [Fact]
    public async Task A_WAV_file_without_samples_is_empty()
    {
        Signal.WriteWav(_folder.File("header.wav"), []);

        await RefusedAsync(_folder.File("header.wav"), AudioRefusal.Empty);
    }

    [Fact]
    public async Task Text_is_no_audio() =>
        await RefusedAsync(Given("letter.mp3", Encoding.UTF8.GetBytes(Studio.Announcement)), AudioRefusal.NotAudio);

    [Fact]
    public async Task Random_bytes_are_no_audio()
    {
        var bytes = new byte[200_000];
        new Random(8).NextBytes(bytes);

        await RefusedAsync(Given("random.ogg", bytes), AudioRefusal.NotAudio);
    }

    [Fact]
    public async Task A_film_without_sound_is_no_audio()
    {
        var film = _folder.File("film.mp4");
        Tool.Ffmpeg("-v", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=64x64", film);

        await RefusedAsync(film, AudioRefusal.NotAudio);
    }

    [Theory]
    [InlineData("speech.mp3", "-b:a 128k")]
    [InlineData("vbr.mp3", "-q:a 3")]
    [InlineData("phone.m4a", "-b:a 64k")]
    [InlineData("web.m4a", "-b:a 64k -movflags faststart")]
    [InlineData("vorbis.ogg", "-c:a libvorbis")]
    [InlineData("opus.ogg", "-c:a libopus")]
    [InlineData("speech.flac", "-c:a flac")]
    [InlineData("studio.wav", "-c:a pcm_s16le -ar 44100")]
    [InlineData("windows.wma", "-c:a wmav2")]
    [InlineData("browser.webm", "-c:a libopus -f webm -live 1")]
    public async Task A_file_cut_off_on_its_way_is_truncated(string name, string encoding)
    {
        var whole = await File.ReadAllBytesAsync(await Studio.SpeechAsync(_folder, name, encoding.Split(' ')));

        var reason = name == "phone.m4a" ? AudioRefusal.Unfinished : AudioRefusal.Truncated;

        await RefusedAsync(Given("cut-" + name, whole[..(whole.Length * 6 / 10)]), reason);
        await RefusedAsync(Given("cut-" + name, whole[..(whole.Length * 9 / 10)]), reason);
    }

    [Theory]
    [InlineData("studio.wav", "-c:a pcm_s16le")] // declares its length
    [InlineData("browser.webm", "-c:a libopus -f webm -live 1")] // does not
    public async Task A_sound_beyond_the_limit_is_too_long(string name, string encoding)
    {
        var input = await Studio.SpeechAsync(_folder, name, encoding.Split(' '));

        await RefusedAsync(input, AudioRefusal.TooLong, options => options.MaxLength = TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Silence_is_refused()
    {
        Signal.WriteWav(_folder.File("silence.wav"), Signal.Silence(5));

        await RefusedAsync(_folder.File("silence.wav"), AudioRefusal.Silent);
    }

    [Fact]
    public async Task The_noise_of_a_microphone_left_open_is_refused_as_silence()
    {
        Signal.WriteWav(_folder.File("room.wav"), Signal.Noise(5, 0.0008, seed: 9));

        await RefusedAsync(_folder.File("room.wav"), AudioRefusal.Silent);
    }

    [Fact]
    public async Task Ffmpeg_missing_is_said() =>
        await RefusedAsync(
            await Studio.SpeechAsync(_folder), AudioRefusal.FfmpegMissing,
            options => options.FfmpegPath = _folder.File("no-such-program"));

    [Fact]
    public async Task A_program_that_cannot_be_started_is_said()
    {
        var text = Given("ffmpeg", "not a program"u8.ToArray());

        await RefusedAsync(await Studio.SpeechAsync(_folder), AudioRefusal.ToolFailed, options => options.FfmpegPath = text);
    }

    [Fact]
    public async Task Work_over_its_time_is_stopped() =>
        await RefusedAsync(
            await Studio.SpeechAsync(_folder), AudioRefusal.TimedOut,
            options => options.DecodeTimeout = TimeSpan.FromMilliseconds(1));

    [Theory]
    [InlineData(0)]
    [InlineData(900_000)] // The draft takes 750 KB of it, the master needs 350 KB.
    public async Task A_full_disk_is_said(int freeBytes)
    {
        using var disk = SmallDisk.TryMount(megabytes: 8);
        Assert.SkipWhen(disk is null, SmallDisk.Unsupported);
        var input = await Studio.SpeechAsync(_folder);
        disk.FillUpTo(freeBytes);
        var before = Directory.GetFiles(disk.Path);

        var master = Path.Combine(disk.Path, "master.wav");
        var reason = await Studio.RefusalAsync(
            () => Studio.Preparer().PrepareAsync(input, master, Studio.Plain, null, CancellationToken.None));

        Assert.Equal(AudioRefusal.DiskFull, reason);
        Assert.Equal(before, Directory.GetFiles(disk.Path));
    }

    [Fact]
    public async Task Stopping_leaves_the_older_master_as_it_was()
    {
        var input = await Studio.SpeechAsync(_folder);
        var master = _folder.File("master.wav");
        await File.WriteAllTextAsync(master, "older");
        foreach (var share in new[] { 0.1, 0.65, 0.9 })
        {
            using var unwanted = new CancellationTokenSource();
            var progress = new Progression(done => (done > share ? unwanted : null)?.Cancel());

            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => Studio.Preparer().PrepareAsync(input, master, Studio.Plain, progress, unwanted.Token));
        }

        Assert.Equal("older", await File.ReadAllTextAsync(master));
        Assert.Equal(["master.wav", "speech.wav"], _folder.Names);
    }

    private string Given(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }

    private async Task RefusedAsync(string input, AudioRefusal reason, Action<AudioOptions>? change = null)
    {
        var before = _folder.Names.Where(name => !name.StartsWith("master", StringComparison.Ordinal));

        Assert.Equal(
            reason,
            await Studio.RefusalAsync(
                () => Studio.Preparer(change)
                    .PrepareAsync(input, _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None)));

        Assert.Equal(before, _folder.Names);
    }
}
