using System.Globalization;
using System.Net;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Lexicon;

/// <summary>Words of an area by the page and by the API; a text as it will be said, without script.</summary>
public sealed class LexiconPageTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Page_sets_tries_and_removes_a_word()
    {
        var area = await radio.Program().AreaAsync();
        var page = string.Create(CultureInfo.InvariantCulture, $"/lexicon?area={area}");
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));
        await browser.OpenAsync(page);
        await browser.SendAsync(page, ("_handler", "word"), ("written", "Zuôih"), ("spoken", "giu ôi"));
        Assert.Equal(page, browser.Path);
        Assert.Contains("<strong>Zuôih</strong> → giu ôi", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync($"{page}&voice=north&text=Họp+ở+Zuôih+20/11");
        Assert.Contains("Họp ở <b>giu ôi</b> <b>ngày hai mươi tháng mười một</b>", browser.Page, StringComparison.Ordinal);
        using var sound = await browser.Http.GetAsync(new Uri(AddressAt(browser, "/lexicon/sample.mp3"), UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "audio/mpeg"), (sound.StatusCode, sound.Content.Headers.ContentType?.MediaType));
        Assert.True((await sound.Content.ReadAsByteArrayAsync()).Length > 5_000);

        await browser.SendAsync(AddressAt(browser, "/lexicon/words/"));
        await browser.OpenAsync(page);
        Assert.DoesNotContain("Zuôih", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Word_of_an_area_above_is_shown_with_its_place_and_without_a_button()
    {
        var admin = radio.Program();
        var province = await admin.AreaAsync("Tỉnh Mẫu");
        var commune = await admin.AreaAsync("Xã Mẫu", province);
        await (await admin.PostAsync("/api/v1/lexicon", new { written = "TĐM", spoken = "trạm Đ M", areaId = province }))
            .JsonAsync();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, commune));

        await browser.OpenAsync("/lexicon");

        Assert.Contains("<strong>TĐM</strong> → trạm Đ M", browser.Page, StringComparison.Ordinal);
        Assert.Contains("An area above", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/lexicon/words/", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"/lexicon?area={province}"));
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task Monitor_is_shown_words_and_no_forms()
    {
        var area = await radio.Program().AreaAsync();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Monitor, area));
        await browser.OpenAsync("/lexicon");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.DoesNotContain("name=\"written\"", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync("/lexicon", ("_handler", "word"), ("written", "A"), ("spoken", "a"));
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        await browser.OpenAsync("/lexicon/sample.mp3?voice=north&text=a");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
    }

    [Fact]
    public async Task Api_lists_sets_reads_and_removes()
    {
        var admin = radio.Program();
        var (area, other) = (await admin.AreaAsync(), await admin.AreaAsync());
        var editor = (await radio.AddAccountAsync(Role.Editor, area)).Http;
        var word = await (await editor.PostAsync("/api/v1/lexicon", new { written = "NVX", spoken = "nhà văn xã" })).JsonAsync();
        Assert.Equal(area, word.GetProperty("areaId").GetInt64());
        await (await editor.PostAsync("/api/v1/lexicon", new { written = "NVX", spoken = "a", areaId = other }))
            .ProblemAsync(HttpStatusCode.Forbidden, "NotAllowed");

        var reading = await (await editor.PostAsync("/api/v1/reading", new { text = "Họp ở NVX, Q.1." })).JsonAsync();
        Assert.Equal("Họp ở nhà văn xã, quận một.", reading.GetProperty("spoken").GetString());
        Assert.Equal(
            ["NVX|nhà văn xã|none", "Q.|quận|abbreviation", "1|một|none"],
            reading.GetProperty("changed").EnumerateArray().Select(piece =>
                $"{piece.GetProperty("written")}|{piece.GetProperty("spoken")}|{piece.GetProperty("doubt")}"));
        await (await editor.PostAsync("/api/v1/reading", new { text = "NVX", areaId = other })).ProblemAsync(
            HttpStatusCode.Forbidden, "NotAllowed");
        await (await editor.PostAsync("/api/v1/reading", new { text = "\u200b" })).ProblemAsync(
            HttpStatusCode.UnprocessableEntity, "TextMissing");

        var listed = await (await editor.FetchAsync("/api/v1/lexicon")).JsonAsync();
        Assert.Contains(listed.EnumerateArray(), each => each.GetProperty("written").GetString() == "NVX");
        await (await editor.FetchAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/lexicon?area={other}")))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "UnknownArea");
        var path = new Uri($"/api/v1/lexicon/{word.GetProperty("id")}", UriKind.Relative);
        Assert.Equal(HttpStatusCode.NoContent, (await editor.DeleteAsync(path)).StatusCode);
        await (await editor.DeleteAsync(path)).ProblemAsync(HttpStatusCode.NotFound, "UnknownWord");
    }

    [Fact]
    public async Task New_bulletin_is_shown_as_it_will_be_said_before_it_is_spoken()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/bulletins/new");
        var state = await radio.StateAsync();

        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", "Họp"), ("text", "Họp lúc 7h 20/11 tại Q.1."),
            ("voice", "south"), ("show", "reading"));

        Assert.Equal("/bulletins/new", browser.Path);
        Assert.Contains(
            "Họp lúc <b>bảy giờ</b> <b>ngày hai mươi tháng mười một</b> tại <mark>quận</mark> <b>một</b>.", browser.Page,
            StringComparison.Ordinal);
        Assert.Contains("<strong>Q.</strong> → <mark>quận</mark>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("The abbreviation has several meanings", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Họp lúc 7h 20/11 tại Q.1.</textarea>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"south\" selected", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", ""), ("text", " "), ("show", "reading"));
        Assert.Contains("nothing to speak", browser.Refusal(), StringComparison.Ordinal);
        Assert.Equal(state, await radio.StateAsync());
    }

    // What stands between the quotation marks.
    private static string AddressAt(Browser browser, string begin)
    {
        var rest = browser.Page[browser.Page.IndexOf(begin, StringComparison.Ordinal)..];
        return rest[..rest.IndexOf('"', StringComparison.Ordinal)];
    }
}
