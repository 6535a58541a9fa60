using System.Globalization;
using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Bulletins;

/// <summary>What becomes of a bulletin afterwards: it is replaced, withdrawn or deleted.</summary>
public sealed class BulletinEndTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Edited_text_becomes_a_version_that_keeps_voice_and_frame()
    {
        using var client = radio.Program();
        var made = await (await client.PostAsync("/api/v1/bulletins", new
        {
            title = "Họp thôn",
            text = "Họp lúc bảy giờ.",
            voice = "south",
            speed = 1.2,
            opening = "threeTone",
            closing = "twoTone",
            pauseSeconds = 2,
        })).JsonAsync(HttpStatusCode.Created);
        var id = made.GetProperty("id").GetInt64();
        using var browser = await radio.SignedInAsync();
        var html = await browser.Http.GetStringAsync(new Uri($"/bulletins/new?from={id}", UriKind.Relative));
        var form = Assert.Single(
            PageForm.AllOf("/bulletins/new", html, Typed("text", "Họp lúc tám giờ.")),
            each => each.Name.StartsWith("/bulletins/new", StringComparison.Ordinal));
        Assert.Equal(
            ("Họp thôn", $"{id}"), (form.ValueOf("spoken-title"), form.ValueOf("spoken-previous")));
        foreach (var chosen in new[] { "south", "1.2", "ThreeTone", "TwoTone" })
        {
            Assert.Matches($"value=\"{chosen}\" selected", html);
        }

        Assert.Matches("name=\"spoken-pause\"[^>]* value=\"2\"", html);

        await browser.SendAsync("/bulletins/new", form.Content());

        Assert.Contains("version 2", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Họp lúc tám giờ.", browser.Page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Page(id)}\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(Page(id));
        Assert.Contains("There is a newer version", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/bulletins/new?from=", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawn_bulletin_has_no_way_into_the_air()
    {
        using var client = radio.Program();
        var id = await client.ApprovedBulletinAsync();
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync(Page(id));
        Assert.Contains($"/air?bulletin={id}", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(Page(id), ("_handler", "withdraw"));

        Assert.Contains("The bulletin was withdrawn", browser.Page, StringComparison.Ordinal);
        // Red is for emergencies, stops and places that cannot be reached.
        Assert.Contains("<span class=\"tag \">Withdrawn", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/air?bulletin={id}", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/schedules/new?bulletin={id}", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/air");
        Assert.DoesNotContain($"<option value=\"{id}\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_bulletin_is_gone_and_an_aired_one_has_no_such_button()
    {
        using var client = radio.Program();
        var made = await (await client.UploadAsync("Tin thử", Sounds.Wav(2))).JsonAsync(HttpStatusCode.Created);
        var page = Page(made.GetProperty("id").GetInt64());
        var area = await client.AreaAsync();
        await client.NodeAsync(area);
        await client.AiredAsync(area);
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync(page);

        await browser.SendAsync(page, ("_handler", "delete"));

        Assert.Equal("/bulletins", browser.Path);
        Assert.Contains("The bulletin was deleted.", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(page);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        var aired = (await (await client.FetchAsync("/api/v1/broadcasts")).JsonAsync())[0].GetProperty("bulletinId").GetInt64();
        await browser.OpenAsync(Page(aired));
        Assert.DoesNotContain("value=\"delete\"", browser.Page, StringComparison.Ordinal);
        var refused = await client.DeleteAsync(new Uri($"/api/v1{Page(aired)}", UriKind.Relative));
        await refused.ProblemAsync(HttpStatusCode.Conflict, "BulletinInUse");
    }

    [Fact]
    public async Task Way_over_the_api_tells_the_state()
    {
        using var client = radio.Program();
        var made = await (await client.UploadAsync("Tin", Sounds.Wav(2))).JsonAsync(HttpStatusCode.Created);
        var path = "/api/v1" + Page(made.GetProperty("id").GetInt64());
        Assert.Equal("waiting", made.GetProperty("state").GetString());

        var returned = await (await client.PostAsync(path + "/return", new { remark = "Ngắn quá" })).JsonAsync();
        Assert.Equal(("returned", "Ngắn quá"), (returned.GetProperty("state").GetString(), returned.GetProperty("remark").GetString()));
        await (await client.PostAsync(path + "/withdraw", new { })).ProblemAsync(HttpStatusCode.Conflict, "NotApproved");
        await (await client.PostAsync(path + "/approve", new { })).JsonAsync();
        var withdrawn = await (await client.PostAsync(path + "/withdraw", new { })).JsonAsync();
        Assert.Equal("withdrawn", withdrawn.GetProperty("state").GetString());
        Assert.Contains(
            (await (await client.FetchAsync("/api/v1/bulletins?state=withdrawn")).JsonAsync()).EnumerateArray(),
            row => row.GetProperty("id").GetInt64() == made.GetProperty("id").GetInt64());
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(new Uri(path, UriKind.Relative))).StatusCode);
    }

    private static Dictionary<string, string> Typed(string name, string value) =>
        new(StringComparer.Ordinal) { [name] = value };

    private static string Page(long id) => string.Create(CultureInfo.InvariantCulture, $"/bulletins/{id}");
}
