using System.Net;
using System.Text.Json;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Bulletins;

/// <summary>Openings, trimming and programmes, by the page and by the API.</summary>
public sealed class PartPagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Opening_closing_and_manner_are_chosen_over_the_api()
    {
        using var client = radio.Program();

        var made = await (await client.PostAsync("/api/v1/bulletins", new
        {
            title = "Tin",
            text = "Xin chào bà con trong xã.",
            voice = "south-female",
            speed = 0.7,
            pitch = 70,
            opening = "threeTone",
            closing = "twoTone",
            pauseSeconds = 1.5,
        })).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(("opening threeTone", "words ", "pause ", "closing twoTone"), Parts(made) switch
        {
            [var a, var b, var c, var d] => (a, b, c, d),
            var other => (string.Join(',', other), "", "", ""),
        });
        Assert.Equal(0.7, made.GetProperty("speed").GetDouble());
        var plain = await (await client.PostAsync(
            "/api/v1/bulletins", new { title = "Tin", text = "Sơ tán ngay.", voice = "north", emergency = true }))
            .JsonAsync(HttpStatusCode.Created);
        Assert.Equal(["words "], Parts(plain));
    }

    [Theory]
    [InlineData("speed", 3.0, "SpeedOutOfRange")]
    [InlineData("pitch", 300, "PitchOutOfRange")]
    public async Task Manner_that_no_voice_has_is_refused(string field, object value, string code)
    {
        using var client = radio.Program();
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["title"] = "Tin",
            ["text"] = "Xin chào.",
            ["voice"] = "north",
            [field] = value,
        };
        await (await client.PostAsync("/api/v1/bulletins", body)).ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task What_was_heard_before_a_trim_is_not_approved()
    {
        using var client = radio.Program();
        var made = await (await client.UploadAsync("Tin", Sounds.Wav(6))).JsonAsync(HttpStatusCode.Created);
        var id = made.GetProperty("id").GetInt64();

        var trimmed = await (await client.PostAsync($"/api/v1/bulletins/{id}/trim", new { fromSeconds = 3.05, toSeconds = 5.05 }))
            .JsonAsync();

        Assert.Equal(4.05, trimmed.GetProperty("lengthSeconds").GetDouble(), 0.01);
        var heard = made.GetProperty("hash").GetString();
        await (await client.PostAsync($"/api/v1/bulletins/{id}/approve?hash={heard}", new { }))
            .ProblemAsync(HttpStatusCode.Conflict, "SoundChanged");
        var now = trimmed.GetProperty("hash").GetString();
        await (await client.PostAsync($"/api/v1/bulletins/{id}/approve?hash={now}", new { })).JsonAsync();
    }

    [Fact]
    public async Task Page_makes_a_melody_and_opens_a_bulletin_with_it()
    {
        using var browser = await radio.SignedInAsync("vi");
        await browser.OpenAsync("/bulletins/new");
        await browser.UploadAsync(
            "/bulletins/new", "sound.wav", Sounds.Wav(2), ("_handler", "upload"), ("title", "Nhạc hiệu xã"), ("melody", "yes"));
        var melody = browser.Path["/bulletins/".Length..];

        await browser.OpenAsync("/bulletins/new");
        Assert.Contains("♪ Nhạc hiệu xã", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", "Tin"), ("text", "Xin chào bà con."), ("voice", "north"),
            ("spoken-opening", $"melody-{melody}"), ("spoken-closing", "ThreeTone"), ("spoken-pause", "1"), ("speed", "0.85"));

        Assert.StartsWith("/bulletins/", browser.Path, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/bulletins/{melody}\">Nhạc hiệu xã</a>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Chuông ba tiếng", browser.Page, StringComparison.Ordinal);
        Assert.Contains("tốc độ: chậm", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_keeps_what_was_chosen_when_the_form_is_refused()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/bulletins/new");
        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", ""), ("text", "Xin chào."), ("voice", "north"),
            ("spoken-opening", "Siren"));
        Assert.NotNull(browser.Refusal());
        Assert.Contains("<option value=\"Siren\" selected>", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_joins_bulletins_in_the_order_of_their_numbers()
    {
        using var client = radio.Program();
        var (first, second) = (await client.ApprovedBulletinAsync(), await client.ApprovedBulletinAsync());
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/programmes/new");
        await browser.SendAsync("/programmes/new", ("_handler", "programme"), ("title", "Sáng"), ("gap", "2"));
        Assert.Contains("No bulletin was chosen", browser.Refusal(), StringComparison.Ordinal);

        await browser.SendAsync(
            "/programmes/new", ("_handler", "programme"), ("title", "Sáng"), ("gap", "3"), ($"order-{first}", "2"),
            ($"order-{second}", "1"));

        var id = browser.Path["/bulletins/".Length..];
        var made = await (await client.FetchAsync($"/api/v1/bulletins/{id}")).JsonAsync();
        Assert.Equal("programme", made.GetProperty("origin").GetString());
        Assert.Equal(
            [null, second, null, first],
            made.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("bulletinId") switch
            {
                { ValueKind: JsonValueKind.Number } number => number.GetInt64(),
                _ => (long?)null,
            }));
    }

    [Fact]
    public async Task Programme_is_composed_over_the_api_and_aired_as_a_bulletin()
    {
        using var client = radio.Program();
        var member = await client.ApprovedBulletinAsync();
        var body = new { title = "Sáng", bulletins = new[] { new { bulletinId = member }, new { bulletinId = member } } };
        var made = await (await client.PostAsync("/api/v1/programmes", body)).JsonAsync(HttpStatusCode.Created);
        var id = made.GetProperty("id").GetInt64();
        await (await client.PostAsync($"/api/v1/bulletins/{id}/approve", new { })).JsonAsync();
        var area = await client.AreaAsync();
        await client.NodeAsync(area);

        var airing = new { bulletinId = id, @class = "normal", areas = new[] { area }, start = DateTimeOffset.UtcNow.AddHours(1) };
        await (await client.PostAsync("/api/v1/broadcasts", airing)).JsonAsync(HttpStatusCode.Created);
        await (await client.PostAsync("/api/v1/programmes", new { title = "Sáng", bulletins = Array.Empty<object>() }))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "NoBulletins");
    }

    private static string[] Parts(JsonElement bulletin) => [.. bulletin.GetProperty("parts").EnumerateArray().Select(part =>
        $"{part.GetProperty("kind").GetString()} {part.GetProperty("cue").GetString()}")];
}
