using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>What holds for each page, in both languages.</summary>
public sealed partial class EveryPageTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private static readonly string[] Fixed =
    [
        "/", "/bulletins", "/bulletins?state=waiting&q=tin", "/bulletins/new",
        "/bulletins/new?template=meeting", "/programmes/new", "/air", "/broadcasts", "/schedules", "/schedules/new",
        "/calendar", "/calendar?view=month",
        "/nodes", "/nodes/new", "/areas", "/areas/new", "/lexicon", "/complaints", "/complaints/new", "/complaints/form",
        "/templates", "/people", "/password", "/keys", "/releases", "/audit",
        "/groups", "/complaints/codes", "/help",
        "/more", "/account", "/account/second-factor",
    ];

    /// <summary>Pages of another shape, which other tests open.</summary>
    private static readonly string[] Others = ["/stop"];

    [Fact]
    public async Task Every_page_of_the_program_is_opened_here()
    {
        var opened = (await PagesAsync()).Select(path => path.Split('?')[0]).ToList();

        var forgotten =
            from endpoint in radio.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
                && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            let route = endpoint.RoutePattern.RawText!
            let shape = new Regex("^" + Parameter().Replace(route, "[^/]+") + "$", RegexOptions.None, TimeSpan.FromSeconds(1))
            where !Others.Contains(route) && !opened.Exists(shape.IsMatch)
            select route;

        Assert.Empty(forgotten);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Opens_is_small_and_can_be_read_by_a_screen_reader(string language)
    {
        var pages = await PagesAsync();
        using var browser = await radio.SignedInAsync(language);
        foreach (var path in pages)
        {
            using var response = await browser.Http.GetAsync(new Uri(path, UriKind.Relative));
            var html = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}");
            Assert.True(html.Length < 30_000, $"{path}: {html.Length} bytes");
            Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
            Assert.Single(Heading().Matches(html));
            Assert.Single(StopAll().Matches(html));
            Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(Inline(), html);
            CheckLabels(path, html);
            CheckIds(path, html);
        }
    }

    [Theory]
    [InlineData("vi", "Hướng dẫn")]
    [InlineData("en", "Help")]
    public async Task Says_what_it_is_for_and_where_the_guide_tells_of_it(string language, string word)
    {
        var pages = await PagesAsync();
        using var browser = await radio.SignedInAsync(language);
        var help = await browser.Http.GetStringAsync(new Uri("/help", UriKind.Relative));
        foreach (var path in pages.Append("/stop").Where(path => path != "/help"))
        {
            var html = WebUtility.HtmlDecode(await browser.Http.GetStringAsync(new Uri(path, UriKind.Relative)));
            var line = Line().Match(html);
            Assert.True(line.Success && line.Groups["word"].Value == word, path);
            Assert.DoesNotContain("For.", line.Value, StringComparison.Ordinal);
            Assert.Contains($"id=\"{line.Groups["section"].Value}\"", help, StringComparison.Ordinal);
        }

        var pictures = Picture().Matches(help).Select(match => match.Groups["path"].Value).ToList();
        Assert.NotEmpty(pictures);
        foreach (var picture in pictures)
        {
            using var answer = await browser.Http.GetAsync(new Uri(picture, UriKind.Relative));
            Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
            Assert.True(answer.Headers.CacheControl is { NoStore: false, MaxAge.TotalHours: 24 }, picture);
        }
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/bulletins/9999")]
    [InlineData("/broadcasts/9999")]
    [InlineData("/schedules/9999")]
    [InlineData("/schedules/9999/change")]
    [InlineData("/schedules/9999/at/1893474000000")]
    [InlineData("/nodes/0123456789abcdef")]
    [InlineData("/areas/9999")]
    [InlineData("/lexicon?area=9999")]
    [InlineData("/complaints/9999")]
    [InlineData("/complaints/codes/0123456789abcdef")]
    [InlineData("/complaints/form?area=9999")]
    [InlineData("/complaints/codes?area=9999")]
    [InlineData("/people/9999")]
    public async Task Page_that_is_not_there_says_so(string path)
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.True(
            browser.Page.Contains("Not found", StringComparison.Ordinal)
                || browser.Page.Contains("no such page", StringComparison.Ordinal), browser.Page);
    }

    [Fact]
    public async Task The_first_page_with_style_and_script_is_under_50_kilobytes()
    {
        using var browser = await radio.SignedInAsync();
        var html = await browser.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        var size = html.Length;
        foreach (var asset in Assets().Matches(html).Select(match => match.Groups["path"].Value))
        {
            size += (await browser.Http.GetByteArrayAsync(new Uri(asset, UriKind.Relative))).Length;
        }

        Assert.InRange(size, 1000, 50_000);
    }

    private async Task<List<string>> PagesAsync()
    {
        using var client = radio.Program();
        var bulletin = await client.ApprovedBulletinAsync();
        var area = await client.AreaAsync();
        var node = await client.NodeAsync(area);
        var airing =
            new { bulletinId = bulletin, @class = "emergency", areas = new[] { area }, start = DateTimeOffset.UtcNow.AddDays(1) };
        var proof = await (await client.PostAsync("/api/v1/broadcasts", airing)).JsonAsync(HttpStatusCode.Created);
        var broadcast = proof.GetProperty("id").GetInt64();
        var daily = new
        {
            bulletinId = bulletin,
            @class = "normal",
            areas = new[] { area },
            recurrence = "daily",
            from = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30),
            times = new[] { "05:00", "17:00" },
        };
        var schedule = (await (await client.PostAsync("/api/v1/schedules", daily)).JsonAsync(HttpStatusCode.Created))
            .GetProperty("id").GetInt64();
        var said = new { nodeId = node, heardAt = DateTimeOffset.UtcNow, kind = "silent" };
        var complaint = (await (await client.PostAsync("/api/v1/complaints", said)).JsonAsync(HttpStatusCode.Created))
            .GetProperty("id").GetInt64();
        var person = (await (await client.FetchAsync("/api/v1/people")).JsonAsync())[0].GetProperty("id").GetString();
        return [.. Fixed,
            .. new FormattableString[] { $"/bulletins/{bulletin}", $"/bulletins/{bulletin}/languages",
                $"/areas/{area}", $"/nodes/{node}", $"/broadcasts/{broadcast}",
                $"/schedules/{schedule}", $"/schedules/{schedule}/change",
                $"/schedules/{schedule}/at/{new DateTimeOffset(daily.from, new TimeOnly(17, 0), TimeSpan.FromHours(7)).ToUnixTimeMilliseconds()}",
                $"/complaints/{complaint}", $"/complaints/new?node={node}", $"/complaints/codes/{node}",
                $"/people/{person}" }.Select(p => p.ToString(CultureInfo.InvariantCulture))];
    }

    // Every field stands in a label, or has a label or a name of its own.
    private static void CheckLabels(string path, string html)
    {
        var named = For().Matches(html).Select(match => match.Groups["id"].Value).ToHashSet(StringComparer.Ordinal);
        foreach (Match field in Field().Matches(Label().Replace(html, string.Empty)))
        {
            var id = Id().Match(field.Value).Groups["id"].Value;
            Assert.True(
                field.Value.Contains("type=\"hidden\"", StringComparison.Ordinal)
                    || field.Value.Contains("aria-label", StringComparison.Ordinal) || named.Contains(id),
                $"{path}: {field.Value}");
        }
    }

    private static void CheckIds(string path, string html)
    {
        var ids = Id().Matches(html).Select(match => match.Groups["id"].Value).ToList();
        Assert.True(ids.Count == ids.Distinct(StringComparer.Ordinal).Count(), $"{path}: an id stands twice");
    }

    [GeneratedRegex("{[^}]+}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(
        "<p class=\"hint purpose\">[^<]{10,} <a href=\"/help#(?<section>s[0-9]+)\">(?<word>[^<]+)</a>",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex("<img loading=\"lazy\" src=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Picture();

    [GeneratedRegex("<h1>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("formaction=\"/stop-all\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StopAll();

    [GeneratedRegex("<[a-z]+( [^>]*)? (style=|on[a-z]+=\")", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inline();

    [GeneratedRegex("<label.*?</label>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();

    [GeneratedRegex("<(input|select|textarea)[^>]*>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field();

    [GeneratedRegex(" id=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex(" for=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex For();

    [GeneratedRegex("(href|src)=\"(?<path>/(app|icon)[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assets();
}
