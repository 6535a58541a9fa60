using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Codecs;

/// <summary>A browser gets a small file of the same sound.</summary>
public sealed class PreviewTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_preview_is_a_small_MP3_of_the_same_sound()
    {
        var master = await Studio.MasterAsync(_folder);

        await Studio.Previews().EncodeAsync(master.Path, _folder.File("preview.mp3"), CancellationToken.None);

        var (_, log) = Tool.Ffmpeg("-i", _folder.File("preview.mp3"), "-f", "null", "-");
        Assert.Contains("Audio: mp3, 16000 Hz, mono, fltp, 48 kb/s", log, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(_folder.File("preview.mp3")).Length / 6_000.0 - master.Length.TotalSeconds, 0, 0.25);
        Assert.Equal(
            master.Loudness, SecondMeter.Read(_folder.File("preview.mp3")).Loudness, 1.0); // without the highest half kilohertz
        Assert.Equal(["master.wav", "preview.mp3", "speech.wav"], _folder.Names);
    }

    [Fact]
    public async Task A_master_that_is_none_leaves_nothing()
    {
        await File.WriteAllTextAsync(_folder.File("master.wav"), "none");

        Assert.Equal(
            AudioRefusal.ToolFailed,
            await Studio.RefusalAsync(
                () => Studio.Previews()
                    .EncodeAsync(_folder.File("master.wav"), _folder.File("preview.mp3"), CancellationToken.None)));
        Assert.Equal(["master.wav"], _folder.Names);
    }

    [Fact]
    public async Task Ffmpeg_missing_is_said() =>
        Assert.Equal(
            AudioRefusal.FfmpegMissing,
            await Studio.RefusalAsync(
                () => Studio.Previews(options => options.FfmpegPath = "/none").EncodeAsync("a", "b", CancellationToken.None)));
}
