using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Drafts;

/// <summary>What is written is saved by the button, or by the script that calls the same address.</summary>
public sealed partial class DraftPagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const string New = "/bulletins/new";

    [Fact]
    public async Task Saved_draft_is_gone_on_with_and_becomes_a_bulletin()
    {
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area: null));
        await browser.OpenAsync(New);
        var key = KeyOf(browser);
        await browser.SendAsync(
            New, ("_handler", "speech"), ("show", "draft"), ("draft", key), ("spoken-title", "Họp"), ("text", "Kính thưa"),
            ("speed", "0.85"), ("pitch", "70"), ("spoken-opening", "ThreeTone"), ("spoken-closing", "TwoTone"),
            ("spoken-pause", "7"), ("once", "first"));
        Assert.Contains("The draft was saved.", browser.Page, StringComparison.Ordinal);
        // What a draft does not hold stays on the page.
        Assert.Equal((New, key), (browser.Path, KeyOf(browser)));
        Assert.All(
            new[] { "0.85", "70", "ThreeTone", "TwoTone" },
            value => Assert.Contains($"value=\"{value}\" selected", browser.Page, StringComparison.Ordinal));
        Assert.Matches("name=\"spoken-pause\"[^>]* value=\"7\"", browser.Page);
        await browser.SendAsync(
            New, ("_handler", "speech"), ("show", "draft"), ("draft", key), ("text", "Kính thưa"), ("once", "first"));
        Assert.Equal($"/bulletins/new?draft={key}", browser.Path);
        await browser.OpenAsync("/bulletins");
        Assert.Contains($"/bulletins/new?draft={key}", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/bulletins/new?draft={key}");
        Assert.Contains(">Kính thưa</textarea>", browser.Page, StringComparison.Ordinal);
        Assert.Equal(key, KeyOf(browser));

        await browser.SendAsync(
            New, ("_handler", "speech"), ("draft", key), ("spoken-title", "Họp"), ("text", "Kính thưa bà con."), ("voice", "north"));

        Assert.Matches("^/bulletins/[0-9]+$", browser.Path);
        await browser.OpenAsync("/bulletins");
        Assert.DoesNotContain("?draft=", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(New)]
    [InlineData("/drafts/{key}")]
    public async Task Draft_of_a_template_still_has_its_blanks(string saver)
    {
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area: null));
        await browser.OpenAsync("/bulletins/new?template=meeting");
        var key = KeyOf(browser);
        await browser.SendAsync(
            saver.Replace("{key}", key, StringComparison.Ordinal), ("_handler", "speech"), ("show", "draft"), ("draft", key),
            ("template", "meeting"), ("spoken-title", "Họp"), ("text", "Họp lúc [giờ]."));

        await browser.OpenAsync($"/bulletins/new?draft={key}");

        Assert.Contains(">Họp lúc [giờ].</textarea>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("name=\"template\" value=\"meeting\"", browser.Page, StringComparison.Ordinal);
        // Filling the template's blanks anew would leave the draft.
        Assert.DoesNotContain("name=\"blank\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_version_of_a_bulletin_is_no_draft()
    {
        using var client = radio.Program();
        var made = await (await client.PostAsync(
            "/api/v1/bulletins", new { title = "Chợ", text = "Mời bà con đi chợ.", voice = "north" }))
            .JsonAsync(HttpStatusCode.Created);
        var id = made.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
        using var browser = await radio.SignedInAsync();

        await browser.OpenAsync($"/bulletins/new?from={id}");
        CheckNoDraft(browser);
        await browser.SendAsync(New, ("_handler", "speech"), ("spoken-previous", id), ("spoken-title", " "), ("text", "Chợ"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        CheckNoDraft(browser);
    }

    [Fact]
    public async Task Script_saves_without_a_page_and_as_often_as_it_likes()
    {
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area: null));
        await browser.OpenAsync(New);
        var key = KeyOf(browser);
        for (var time = 0; time < 2; time++)
        {
            await browser.OpenAsync(New);
            await browser.SendAsync($"/drafts/{key}", ("spoken-title", "Họp"), ("text", $"Lần {time}"));
            Assert.Equal((HttpStatusCode.NoContent, string.Empty), (browser.Status, browser.Page));
        }

        await browser.OpenAsync($"/bulletins/new?draft={key}");
        Assert.Contains(">Lần 1</textarea>", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_of_another_is_not_shown_and_a_bad_one_not_saved()
    {
        using var writer = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area: null));
        await writer.OpenAsync(New);
        var key = KeyOf(writer);
        await writer.SendAsync($"/drafts/{key}", ("text", "Riêng tư"));
        using var other = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area: null));

        await other.OpenAsync($"/bulletins/new?draft={key}");
        Assert.DoesNotContain("Riêng tư", other.Page, StringComparison.Ordinal);
        await other.SendAsync("/drafts/xyz", ("text", "a"));
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        await other.OpenAsync(New);
        await other.SendAsync($"/drafts/{key}", ("text", new string('x', 20_001)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        using var forged = await other.Http.PostAsync(
            new Uri($"/drafts/{key}", UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("text", "a")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    private static void CheckNoDraft(Browser browser)
    {
        Assert.Contains("name=\"spoken-previous\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-draft", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"draft\"", browser.Page, StringComparison.Ordinal);
    }

    private static string KeyOf(Browser browser) => Key().Match(browser.Page).Groups["key"].Value;

    [GeneratedRegex("name=\"draft\" value=\"(?<key>[0-9a-f]{16})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
