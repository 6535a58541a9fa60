using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Bulletins;

/// <summary>A voice of another language gets the text as it is written, and no Vietnamese voice speaks in its place.</summary>
public sealed class VoiceLanguageTests : IAsyncLifetime
{
    private const string Script = """
        #!/bin/bash
        case "$(cat)" in
          'Họp lúc 7h30.') cat "$(dirname "$0")/said.wav" ;;
          *) exit 3 ;;
        esac

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voice-language-");
    private readonly RadioHost _radio;

    public VoiceLanguageTests()
    {
        var program = Path.Combine(_folder.FullName, "voice");
        File.WriteAllText(program, Script);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "said.wav"), Sounds.Wav(2));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _radio = new RadioHost(
            ("Voices:Programs:0:Id", "katu"), ("Voices:Programs:0:Name", "Giọng chị Alăng"),
            ("Voices:Programs:0:Program", program), ("Voices:Programs:0:Language", "Cơ Tu"));
    }

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _radio.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Text_goes_unread_to_a_voice_of_another_language()
    {
        using var client = _radio.Program();
        var bulletin = await MadeAsync(client, "north", "Xin chào bà con.");

        var made = await (await client.PostAsync(
            $"/api/v1/bulletins/{bulletin}/languages", new { language = "Cơ Tu", text = "Họp lúc 7h30.", voice = "katu" }))
            .JsonAsync();

        var words = made.GetProperty("parts").EnumerateArray().Last();
        Assert.Equal(("Cơ Tu", "katu"), (words.GetProperty("language").GetString(), words.GetProperty("voice").GetString()));
        Assert.InRange(words.GetProperty("lengthSeconds").GetDouble(), 1.5, 2.1);
        using var browser = await _radio.SignedInAsync("vi");
        await browser.OpenAsync($"/bulletins/{bulletin}");
        Assert.Contains("Giọng chị Alăng", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        await browser.OpenAsync("/bulletins/new");
        Assert.Contains("Giọng chị Alăng (Cơ Tu)", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulletin_that_it_speaks_is_in_its_language()
    {
        using var client = _radio.Program();
        var bulletin = await MadeAsync(client, "katu", "Họp lúc 7h30.");

        var made = await (await client.FetchAsync($"/api/v1/bulletins/{bulletin}")).JsonAsync();

        Assert.Equal(
            "Cơ Tu", made.GetProperty("parts").EnumerateArray().Last().GetProperty("language").GetString());
    }

    [Fact]
    public async Task No_Vietnamese_voice_speaks_in_its_place()
    {
        using var client = _radio.Program();
        var bulletin = await MadeAsync(client, "north", "Xin chào bà con.");

        await (await client.PostAsync(
            $"/api/v1/bulletins/{bulletin}/languages", new { language = "Cơ Tu", text = "Không nói được.", voice = "katu" }))
            .ProblemAsync(HttpStatusCode.ServiceUnavailable, "VoiceSilent");

        var voices = await (await client.FetchAsync("/api/v1/voices")).JsonAsync();
        Assert.Equal("Cơ Tu", voices.EnumerateArray().Last().GetProperty("language").GetString());
    }

    private static async Task<long> MadeAsync(HttpClient client, string voice, string text) =>
        (await (await client.PostAsync("/api/v1/bulletins", new { title = "Tin", text, voice }))
            .JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();
}
