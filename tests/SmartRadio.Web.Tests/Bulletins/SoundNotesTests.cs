using System.Net;
using NAudio.Wave;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Bulletins;

/// <summary>A refused file is named; what was mended in a sound stands on its bulletin's page.</summary>
public sealed class SoundNotesTests : IAsyncLifetime
{
    private readonly RadioHost _radio = new();

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    [Theory]
    [InlineData("vi", "Tệp này không phải âm thanh")]
    [InlineData("en", "This file is not sound")]
    public async Task A_refused_file_is_named(string language, string sentence)
    {
        using var browser = await _radio.SignedInAsync(language);
        await browser.OpenAsync("/bulletins/new");

        await browser.UploadAsync("/bulletins/new", "tin.mp3", "<html>"u8.ToArray(), ("_handler", "upload"), ("title", "Tin"));

        Assert.StartsWith("“tin.mp3”: " + sentence, WebUtility.HtmlDecode(browser.Refusal()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "triệt tiêu lẫn nhau")]
    [InlineData(0, "không có tiếng")]
    [InlineData(1, null)]
    public async Task The_author_reads_what_was_mended(int right, string? note)
    {
        using var browser = await _radio.SignedInAsync("vi");
        await browser.OpenAsync("/bulletins/new");

        await browser.UploadAsync("/bulletins/new", "tin.wav", Stereo(right), ("_handler", "upload"), ("title", "Tin"));

        var shown = WebUtility.HtmlDecode(browser.Refusal());
        Assert.Equal(note is null, shown is null);
        Assert.Contains(note ?? string.Empty, shown ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loudness_of_the_file_stands_where_there_was_a_file()
    {
        using var browser = await _radio.SignedInAsync("vi");
        await browser.OpenAsync("/bulletins/new");
        await browser.UploadAsync("/bulletins/new", "tin.wav", Stereo(1), ("_handler", "upload"), ("title", "Tin"));
        Assert.Contains("tệp gốc", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);

        await browser.OpenAsync("/bulletins/new");
        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", "Tin"), ("text", "Xin chào."), ("voice", "north"));

        Assert.Contains(" LUFS", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("tệp gốc", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    // The left channel has a tone, the right one so many times the same.
    private static byte[] Stereo(int right)
    {
        using var bytes = new MemoryStream();
        using (var file = new WaveFileWriter(bytes, new WaveFormat(16_000, 16, 2)))
        {
            for (var i = 0; i < 64_000; i++)
            {
                var sample = (float)(0.25 * Math.Sin(2 * Math.PI * 440 * i / 16_000));
                file.WriteSample(sample);
                file.WriteSample(sample * right);
            }
        }

        return bytes.ToArray();
    }
}
