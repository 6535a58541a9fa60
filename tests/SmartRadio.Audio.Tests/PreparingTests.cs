using NAudio.Wave;
using SmartRadio.Audio.Levels;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests;

/// <summary>A file becomes a master.</summary>
public sealed class PreparingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("speech.mp3", "-b:a 128k -ac 2 -ar 44100")]
    [InlineData("vbr.mp3", "-q:a 3")]
    [InlineData("vbr-without-length.mp3", "-q:a 3 -write_xing 0")]
    [InlineData("phone.m4a", "-b:a 64k")]
    [InlineData("web.m4a", "-b:a 64k -movflags faststart")]
    [InlineData("vorbis.ogg", "-c:a libvorbis")]
    [InlineData("opus.ogg", "-c:a libopus")]
    [InlineData("speech.flac", "-ar 48000")]
    [InlineData("speech24.wav", "-c:a pcm_s24le -ar 48000 -ac 2")]
    [InlineData("float.wav", "-c:a pcm_f32le")]
    [InlineData("browser.webm", "-c:a libopus")]
    [InlineData("radio.aac", "-b:a 64k")]
    [InlineData("windows.wma", "-c:a wmav2")]
    public async Task Every_ordinary_format_becomes_a_master_of_16_kHz(string name, string encoding)
    {
        var input = await Studio.SpeechAsync(_folder, name, encoding.Split(' '));

        var master = await Studio.Preparer()
            .PrepareAsync(input, _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);

        using var reader = new WaveFileReader(master.Path);
        Assert.Equal(new WaveFormat(16_000, 16, 1), reader.WaveFormat);
        Assert.Equal(master.Length.TotalSeconds, reader.TotalTime.TotalSeconds, 3);
        Assert.InRange(master.Length.TotalSeconds, 33.5, 35.5);
        Assert.InRange(master.Loudness, -17.5, -15.5);
        Assert.Equal(Waveform.Buckets * 2, master.Peaks.Length);
        Assert.DoesNotContain(
            _folder.Names,
            left => left.EndsWith(".draft", StringComparison.Ordinal) || left.EndsWith(".partial", StringComparison.Ordinal));
    }
}
