using System.Globalization;
using System.Net;
using System.Text;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Errors;

/// <summary>A page says what is wrong above the form, keeps what was typed, and the system stays as it was.</summary>
public sealed class BadInputOnPagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Theory]
    [InlineData("en", "not sound")]
    [InlineData("vi", "không phải âm thanh")]
    public async Task A_file_that_is_no_sound(string language, string part)
    {
        using var browser = await radio.SignedInAsync(language);
        await RefusedAsync(
            browser, "/bulletins/new", part,
            () => browser.UploadAsync("/bulletins/new", "letter.mp3", LongText(), ("_handler", "upload"), ("title", "Tin số 7")));
        Assert.Contains("value=\"Tin số 7\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_empty_or_cut_off_or_missing()
    {
        using var browser = await radio.SignedInAsync();
        Task UploadAsync(byte[] file) =>
            browser.UploadAsync("/bulletins/new", "sound.wav", file, ("_handler", "upload"), ("title", "Tin"));
        await RefusedAsync(browser, "/bulletins/new", "no sound in this file", () => UploadAsync([]));
        await RefusedAsync(browser, "/bulletins/new", "cut off", () => UploadAsync(Sounds.Wav(20)[..100_000]));
        await RefusedAsync(
            browser, "/bulletins/new", "No sound file was chosen",
            () => browser.SendAsync("/bulletins/new", ("_handler", "upload"), ("title", "Tin")));
    }

    [Fact]
    public async Task A_text_that_cannot_be_spoken()
    {
        using var browser = await radio.SignedInAsync();
        Task SpeakAsync(string title, string text, string voice = "north") =>
            browser.SendAsync(
                "/bulletins/new", ("_handler", "speech"), ("spoken-title", title), ("text", text), ("voice", voice));
        await RefusedAsync(browser, "/bulletins/new", "nothing to speak", () => SpeakAsync("Tin", " "));
        await RefusedAsync(browser, "/bulletins/new", "too long", () => SpeakAsync("Tin", new string('a', 30_000)));
        await RefusedAsync(browser, "/bulletins/new", "no title", () => SpeakAsync("", "Xin chào"));
        await RefusedAsync(browser, "/bulletins/new", "cannot be seen", () => SpeakAsync("Tin\u0001", "Xin chào"));
        await RefusedAsync(browser, "/bulletins/new", "no such voice", () => SpeakAsync("Tin", "Xin chào", "robot"));
    }

    [Fact]
    public async Task A_form_over_the_limit_is_answered_at_once()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/areas/new");
        var state = await radio.StateAsync();
        using var http = radio.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/areas/new");
        request.Headers.ExpectContinue = true;
        request.Content = new ByteArrayContent(
            new byte[2_000_000])
        { Headers = { { "Content-Type", "application/x-www-form-urlencoded" } } };
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("quá lớn", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task A_broadcast_with_something_missing()
    {
        using var program = radio.Program();
        var bulletin = (await program.ApprovedBulletinAsync()).ToString(CultureInfo.InvariantCulture);
        var area = await program.AreaAsync();
        await program.NodeAsync(area);
        using var browser = await radio.SignedInAsync();
        Task AirAsync(params (string, string)[] fields) => browser.SendAsync("/air", [("_handler", "air"), .. fields]);
        (string, string)[] good = [("bulletin", bulletin), ("class", "normal"), ("areas", $"{area}")];

        await RefusedAsync(browser, "/air", "Nobody was chosen", () => AirAsync(good[0], good[1], ("when", "now")));
        await RefusedAsync(browser, "/air", "no area 9999", () => AirAsync(good[0], good[1], ("areas", "9999"), ("when", "now")));
        await RefusedAsync(browser, "/air", "no loudspeaker ffff", () => AirAsync(good[0], good[1], ("nodes", "ffff"), ("when", "now")));
        await RefusedAsync(
            browser, "/air", "no such class", () => AirAsync(good[0], ("class", "live"), good[2], ("when", "now")));
        await RefusedAsync(
            browser, "/air", "tick the box", () => AirAsync(good[0], ("class", "emergency"), good[2], ("when", "now")));
        await RefusedAsync(
            browser, "/air", "is over", () => AirAsync([.. good, ("when", "at"), ("start", "2020-01-01T05:00:00")]));
        await RefusedAsync(
            browser, "/air", "is over", () => AirAsync([.. good, ("when", "at"), ("start", "0001-01-01T00:00")]));
        await RefusedAsync(browser, "/air", "“start”", () => AirAsync([.. good, ("when", "at"), ("start", "tomorrow")]));
        await RefusedAsync(browser, "/air", "no bulletin", () => AirAsync(("bulletin", "x"), good[1], good[2], ("when", "now")));
    }

    [Fact]
    public async Task A_form_may_name_as_many_loudspeakers_as_a_request()
    {
        using var browser = await radio.SignedInAsync();
        var nodes = Enumerable.Range(0, 3000).Select(node => ("nodes", node.ToString("x16", CultureInfo.InvariantCulture)));

        await RefusedAsync(
            browser, "/air", "no loudspeaker 0000",
            () => browser.SendAsync(
                "/air", [("_handler", "air"), ("bulletin", "1"), ("class", "normal"), ("when", "now"), .. nodes]));
    }

    [Fact]
    public async Task A_schedule_that_cannot_be()
    {
        using var program = radio.Program();
        var bulletin = (await program.ApprovedBulletinAsync()).ToString(CultureInfo.InvariantCulture);
        var area = await program.AreaAsync();
        await program.NodeAsync(area);
        using var browser = await radio.SignedInAsync();
        Task AddAsync(params (string, string)[] fields) => browser.SendAsync(
            "/schedules/new",
            [("_handler", "schedule"), ("bulletin", bulletin), ("class", "normal"), ("areas", $"{area}"), ("times", "05:00"),
                ("distance", "30"), .. fields]);

        const string Page = "/schedules/new";
        await RefusedAsync(
            browser, Page, "is over", () => AddAsync(("recurrence", "once"), ("from", "2020-01-01"), ("repeats", "1")));
        await RefusedAsync(
            browser, Page, "before the first",
            () => AddAsync(("recurrence", "daily"), ("from", Day(5)), ("until", Day(2)), ("repeats", "1")));
        await RefusedAsync(
            browser, Page, "weekday", () => AddAsync(("recurrence", "weekly"), ("from", Day(5)), ("repeats", "1")));
        await RefusedAsync(browser, Page, "repeats", () => AddAsync(("recurrence", "daily"), ("from", Day(5)), ("repeats", "0")));
        await RefusedAsync(browser, Page, "“from”", () => AddAsync(("recurrence", "daily"), ("from", "soon"), ("repeats", "1")));
    }

    [Fact]
    public async Task Names_codes_and_rules_of_areas_nodes_people_and_keys()
    {
        using var program = radio.Program();
        var area = await program.AreaAsync();
        var node = await program.NodeAsync(area);
        using var browser = await radio.SignedInAsync();
        await RefusedAsync(
            browser, "/areas/new", "“code”",
            () => browser.SendAsync("/areas/new", ("_handler", "area"), ("name", "A"), ("level", "Xã"), ("code", "<script>")));
        await RefusedAsync(
            browser, $"/areas/{area}", "“minutes",
            () => browser.SendAsync($"/areas/{area}", ("_handler", "rules"), ("quiet", "none"), ("minutes", "1441")));
        await RefusedAsync(
            browser, $"/areas/{area}", "“quiet-from”",
            () => browser.SendAsync($"/areas/{area}", ("_handler", "rules"), ("quiet", "hours"), ("quiet-from", "25:00")));
        await RefusedAsync(
            browser, "/nodes/new", "no area",
            () => browser.SendAsync("/nodes/new", ("_handler", "enrol"), ("name", "Loa"), ("area", "9999")));
        await RefusedAsync(
            browser, $"/nodes/{node}", "0 to 100",
            () => browser.SendAsync($"/nodes/{node}", ("_handler", "volume"), ("percent", "200")));
        await RefusedAsync(
            browser, "/keys", "no name",
            () => browser.SendAsync("/keys", ("_handler", "key"), ("name", ""), ("roles", "Monitor"), ("days", "30")));
        await RefusedAsync(
            browser, "/people", "“userName”", () => InviteAsync(("user-name", "l an"), ("role", "Editor"), ("area", "all")));
        await RefusedAsync(
            browser, "/people", "“role”", () => InviteAsync(("user-name", "lan"), ("role", "King"), ("area", "all")));
        await RefusedAsync(
            browser, "/people", "“area”", () => InviteAsync(("user-name", "lan"), ("role", "Editor"), ("area", "")));
        await RefusedAsync(
            browser, "/people", "no area", () => InviteAsync(("user-name", "lan"), ("role", "Editor"), ("area", "9999")));
        await RefusedAsync(
            browser, $"/nodes/{node}", "off-line", () => browser.SendAsync($"/nodes/{node}/chime"), afterRedirect: true);

        Task InviteAsync(params (string Name, string Value)[] fields) =>
            browser.SendAsync("/people", [("_handler", "person"), ("display-name", "Lan"), .. fields]);
    }

    private async Task RefusedAsync(Browser browser, string path, string part, Func<Task> send, bool afterRedirect = false)
    {
        await browser.OpenAsync(path);
        Assert.Null(browser.Refusal());
        browser.Http.DefaultRequestHeaders.Referrer = new Uri(radio.Address, path);
        var state = await radio.StateAsync();
        await send();
        var refusal = browser.Refusal();
        Assert.True(
            refusal?.Contains(part, StringComparison.Ordinal) == true,
            $"{browser.Status} {browser.Path}: {refusal ?? browser.Page}");
        Assert.Equal(afterRedirect, browser.Status == HttpStatusCode.OK);
        Assert.Equal(state, await radio.StateAsync());
    }

    private static string Day(int ahead) => DateTime.UtcNow.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static byte[] LongText() =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("This is a letter, not a sound. ", 200)));
}
