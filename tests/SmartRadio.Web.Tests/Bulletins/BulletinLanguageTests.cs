using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Bulletins;

/// <summary>An area's order of languages, and a recording or a text in one of them, by the page and by the API.</summary>
public sealed class BulletinLanguageTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Recording_in_another_language_is_added_over_the_api()
    {
        using var client = radio.Program();
        var (area, bulletin) = await MadeAsync(client);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Cơ Tu"), "language" }, { new ByteArrayContent(Sounds.Wav(2)), "file", "cotu.wav" },
        };

        var made = await (await client.PostAsync(new Uri($"/api/v1/bulletins/{bulletin}/languages", UriKind.Relative), form))
            .JsonAsync();

        Assert.Equal(
            ["opening ", "words Cơ Tu", "pause ", "words Tiếng Việt"], made.GetProperty("parts").EnumerateArray().Select(part =>
                $"{part.GetProperty("kind").GetString()} {part.GetProperty("language").GetString()}"));
        var areas = await (await client.FetchAsync($"/api/v1/areas?area={area}")).JsonAsync();
        Assert.Equal(
            ["Cơ Tu", "Tiếng Việt"],
            areas[0].GetProperty("languages").EnumerateArray().Select(language => language.GetString()));
        await (await client.PostAsync($"/api/v1/bulletins/{bulletin}/languages", new { language = "Ba Na" }))
            .JsonAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Text_in_another_language_is_added_over_the_api()
    {
        using var client = radio.Program();
        var (_, bulletin) = await MadeAsync(client);
        var path = $"/api/v1/bulletins/{bulletin}/languages";

        var made = await (await client.PostAsync(
            path, new { language = "Cơ Tu", text = "Họp lúc 7h30.", voice = "south", speed = 1.2 })).JsonAsync();

        var words = made.GetProperty("parts")[1];
        Assert.Equal(
            ("Cơ Tu", "Họp lúc 7h30.", "south"),
            (words.GetProperty("language").GetString(), words.GetProperty("text").GetString(),
                words.GetProperty("voice").GetString()));
        Assert.False(words.TryGetProperty("askedVoice", out var asked) && asked.ValueKind == JsonValueKind.String);
        await (await client.PostAsync(path, new { language = "Ba Na", text = "Họp.", voice = "nobody" }))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "UnknownVoice");
    }

    [Fact]
    public async Task Page_of_the_area_sets_the_order_and_that_of_the_bulletin_adds_to_it()
    {
        using var client = radio.Program();
        var (area, _) = await MadeAsync(client);
        using var browser = await radio.SignedInAsync("vi");
        await browser.OpenAsync($"/areas/{area}");
        Assert.Contains("value=\"Cơ Tu, Tiếng Việt\"", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        await browser.SendAsync(
            $"/areas/{area}", ("_handler", "rules"), ("quiet", "none"), ("minutes", ""),
            ("languages", "Cơ Tu,  Ba Na ,Tiếng Việt"));
        await browser.OpenAsync("/bulletins/new");
        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", "Tin"), ("text", "Xin chào."), ("voice", "north"),
            ("spoken-area", $"{area}"));
        var bulletin = browser.Path;
        Assert.Contains($"href=\"{bulletin}/languages\"", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync($"{bulletin}/languages");
        Assert.Contains("Cơ Tu, Ba Na, Tiếng Việt", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        Assert.DoesNotContain("<option value=\"Tiếng Việt\">", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        await browser.UploadAsync(
            $"{bulletin}/languages", "bana.wav", Sounds.Wav(2), ("_handler", "language"), ("language", "Ba Na"));

        Assert.Equal(bulletin, browser.Path);
        Assert.Contains("Lời: Ba Na", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        await browser.OpenAsync($"{bulletin}/languages");
        await browser.UploadAsync(
            $"{bulletin}/languages", "bana.wav", Sounds.Wav(2), ("_handler", "language"), ("language", "ba na"));
        Assert.Contains("“ba na”", WebUtility.HtmlDecode(browser.Refusal()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_shows_the_reading_then_speaks_the_text_and_keeps_it()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        using var browser = await radio.SignedInAsync("vi");
        await browser.OpenAsync("/bulletins/new");
        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", "Tin"), ("text", "Xin chào."), ("voice", "north"),
            ("spoken-area", $"{area}"));
        var bulletin = browser.Path;
        (string, string)[] fields =
            [("_handler", "speech"), ("spoken-language", "Tày"), ("text", "Họp lúc 7h30."), ("voice", "south")];

        await browser.OpenAsync($"{bulletin}/languages");
        await browser.SendAsync($"{bulletin}/languages", [.. fields, ("show", "reading")]);
        Assert.Contains("bảy giờ ba mươi phút", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        Assert.Equal($"{bulletin}/languages", browser.Path);
        await browser.SendAsync($"{bulletin}/languages", fields);

        Assert.Equal(bulletin, browser.Path);
        var page = WebUtility.HtmlDecode(browser.Page);
        Assert.Contains("Lời: Tày", page, StringComparison.Ordinal);
        Assert.Contains("Họp lúc 7h30.", page, StringComparison.Ordinal);
    }

    private static async Task<(long Area, long Bulletin)> MadeAsync(HttpClient client)
    {
        var area = await client.AreaAsync();
        var rules = new { languages = new[] { "Cơ Tu", "Tiếng Việt" } };
        var set = await client.PutAsJsonAsync(new Uri($"/api/v1/areas/{area}/rules", UriKind.Relative), rules);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        var made = await (await client.PostAsync(
            "/api/v1/bulletins", new { title = "Tin", text = "Xin chào bà con.", voice = "north", areaId = area }))
            .JsonAsync(HttpStatusCode.Created);
        return (area, made.GetProperty("id").GetInt64());
    }
}
