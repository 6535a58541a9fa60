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
            New, ("_handler", "speech"), ("show", "draft"), ("draft", key), ("spoken-title", "Họp"), ("text", "Kính thưa"));
        Assert.Equal($"/bulletins/new?draft={key}", browser.Path);
        Assert.Contains("The draft was saved.", browser.Page, StringComparison.Ordinal);
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

    private static string KeyOf(Browser browser) => Key().Match(browser.Page).Groups["key"].Value;

    [GeneratedRegex("name=\"draft\" value=\"(?<key>[0-9a-f]{16})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
