using Microsoft.EntityFrameworkCore;
using NAudio.Wave;
using NAudio.Wave.SampleProviders;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>Each has its reason, and each leaves the folder and the database as they were.</summary>
public sealed class RefusedSoundTests
{
    [Fact]
    public async Task An_empty_file() =>
        await RefusedAsync(BulletinRefusal.FileEmpty, controller => controller.UploadAsync(Stream.Null));

    [Fact]
    public async Task A_file_that_is_no_sound() =>
        await RefusedAsync(
            BulletinRefusal.NotAudio,
            controller => controller.UploadAsync(new MemoryStream("<html>not a sound</html>"u8.ToArray())));

    [Fact]
    public async Task A_file_that_was_cut_off()
    {
        using var sound = new MemoryStream();
        WaveFileWriter.WriteWavFileToStream(
            sound, new SignalGenerator(16_000, 1).Take(TimeSpan.FromSeconds(20)).ToWaveProvider16());
        var whole = sound.ToArray();
        await RefusedAsync(
            BulletinRefusal.Truncated, controller => controller.UploadAsync(new MemoryStream(whole[..(whole.Length / 4)])));
    }

    [Fact]
    public async Task Silence()
    {
        var silence = await Recordings.MakeAsync("wav", "-f", "lavfi", "-i", "anullsrc", "-t", "3");
        await RefusedAsync(BulletinRefusal.Silent, controller => controller.UploadAsync(new MemoryStream(silence)));
    }

    [Fact]
    public async Task A_sound_of_hours()
    {
        var hours = await Recordings.MakeAsync(
            "wav", "-f", "lavfi", "-i", "sine=sample_rate=8000:duration=7200", "-c:a", "pcm_u8");
        await RefusedAsync(BulletinRefusal.SoundTooLong, controller => controller.UploadAsync(new MemoryStream(hours)));
    }

    [Fact]
    public async Task A_file_larger_than_allowed_is_not_read_to_its_end()
    {
        var endless = new Endless();

        var refused = await RefusedAsync(
            BulletinRefusal.FileTooLarge, controller => controller.UploadAsync(endless), ("MaxUploadBytes", "1000000"));

        Assert.Equal(1_000_000L, refused.Values[0]);
        Assert.InRange(endless.BytesRead, 1_000_000, 2_000_000);
    }

    [Theory]
    [InlineData("", Refusal.TitleMissing)]
    [InlineData("a\u0007b", Refusal.ControlCharacters)]
    [InlineData("a\u202eb", Refusal.ControlCharacters)]
    [InlineData("a\nb", Refusal.ControlCharacters)]
    public async Task A_title_that_cannot_be_shown(string title, string expected) =>
        await RefusedAsync(expected, async controller => await controller.UploadAsync(await Recordings.Mp3Async(), title));

    [Fact]
    public async Task A_title_of_201_characters() =>
        await RefusedAsync(
            Refusal.TitleTooLong, controller => controller.SpeakAsync(Recordings.Text, title: new string('t', 201)));

    [Theory]
    [InlineData("", Refusal.TextMissing)]
    [InlineData(" \n\t ", Refusal.TextMissing)]
    [InlineData("\u200b\ufeff\u2028\u0000", Refusal.TextMissing)]
    [InlineData("... !!! ...", Refusal.TextMissing)]
    public async Task A_text_that_cannot_be_spoken(string text, string expected) =>
        await RefusedAsync(expected, controller => controller.SpeakAsync(text));

    [Fact]
    public async Task A_hundred_megabytes_of_text() =>
        await RefusedAsync(Refusal.TextTooLong, controller => controller.SpeakAsync(new string('a', 100_000_000)));

    [Fact]
    public async Task A_voice_nobody_has() =>
        await RefusedAsync(
            BulletinRefusal.UnknownVoice, controller => controller.SpeakAsync(Recordings.Text, voice: "../../etc/passwd"));

    [Fact]
    public async Task A_machine_without_ffmpeg() => await RefusedAsync(
        BulletinRefusal.FfmpegMissing,
        async controller => await controller.UploadAsync(await Recordings.Mp3Async()),
        ("Audio:FfmpegPath", "/no/such/ffmpeg"));

    [Fact]
    public async Task A_machine_without_espeak() => await RefusedAsync(
        BulletinRefusal.EspeakMissing, controller => controller.SpeakAsync(Recordings.Text),
        ("Audio:EspeakPath", "/no/such/espeak-ng"));

    [Fact]
    public async Task The_program_itself_writes_no_bulletins() => await RefusedAsync(
        Refusal.NotAllowed,
        async controller => await controller.Get<CreateBulletin>().FromUploadAsync(
            new UploadRequest("Tiêm phòng", await Recordings.Mp3Async()), Actor.Program, progress: null, CancellationToken.None));

    [Fact]
    public async Task An_upload_that_breaks_off()
    {
        await using var controller = await TestController.StartAsync();
        using var cancel = new CancellationTokenSource();
        var upload = controller.Get<CreateBulletin>().FromUploadAsync(
            new UploadRequest("Tiêm phòng", new Endless(onRead: cancel.Cancel)), TestController.Officer,
            progress: null, cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);

        await AssertNothingLeftAsync(controller);
    }

    private static async Task<RefusedException> RefusedAsync(
        string expected, Func<TestController, Task> work, params (string Key, string Value)[] settings)
    {
        await using var controller = await TestController.StartAsync(now: null, settings);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => work(controller));

        Assert.Equal(expected, refused.Refusal);
        await AssertNothingLeftAsync(controller);
        return refused;
    }

    private static async Task AssertNothingLeftAsync(TestController controller)
    {
        var data = controller.Get<DataFolder>();
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Incoming));
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Bulletins));
        await using var db = await controller.OpenAsync();
        Assert.Equal((0, 0), (await db.Bulletins.CountAsync(), await db.Audit.CountAsync()));
    }

    /// <summary>Gives bytes for ever.</summary>
    private sealed class Endless(Action? onRead = null) : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            onRead?.Invoke();
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
