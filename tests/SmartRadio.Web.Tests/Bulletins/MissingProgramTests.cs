using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Bulletins;

/// <summary>A server without ffmpeg or espeak-ng says which one it lacks, and goes on with all the rest.</summary>
public sealed class MissingProgramTests : IAsyncLifetime
{
    private readonly RadioHost _radio = new(
        ("Audio:FfmpegPath", "/no/such/ffmpeg"),
        ("Audio:EspeakPath", "/no/such/espeak-ng"));

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    [Fact]
    public async Task Are_named_by_the_api()
    {
        using var client = _radio.Program();
        var state = await _radio.StateAsync();
        await (await client.UploadAsync("Tin", Sounds.Wav(2))).ProblemAsync(HttpStatusCode.ServiceUnavailable, "FfmpegMissing");
        await (await client.PostAsync("/api/v1/bulletins", new { title = "Tin", text = "Xin chào", voice = "north" }))
            .ProblemAsync(HttpStatusCode.ServiceUnavailable, "EspeakMissing");
        Assert.Equal(state, await _radio.StateAsync());
    }

    [Fact]
    public async Task Are_named_by_the_page()
    {
        using var browser = await _radio.SignedInAsync("vi");
        await browser.OpenAsync("/bulletins/new");
        await browser.UploadAsync("/bulletins/new", "sound.wav", Sounds.Wav(2), ("_handler", "upload"), ("title", "Tin"));
        Assert.Contains("cài ffmpeg", browser.Refusal(), StringComparison.Ordinal);
        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", "Tin"), ("text", "Xin chào"), ("voice", "north"));
        Assert.Contains("cài espeak-ng", browser.Refusal(), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _radio.DisposeAsync();
}
