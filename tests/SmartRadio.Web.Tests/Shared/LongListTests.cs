using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Bulletins;
using SmartRadio.Web.Nodes;
using SmartRadio.Web.People;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>A page shows a bounded part of a long list, and the way to the rest.</summary>
public sealed partial class LongListTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const int Many = AudiencePicker.Offered + 5;

    [Fact]
    public async Task Loudspeakers_come_page_by_page()
    {
        await FillAsync();
        using var browser = await radio.SignedInAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pages = 0;

        for (var path = "/nodes"; path.Length > 0; path = Next(browser.Page, "/nodes"))
        {
            await browser.OpenAsync(path);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            var shown = NodeLink().Matches(browser.Page).Select(match => match.Groups["id"].Value).ToList();
            Assert.InRange(shown.Count, 1, NodeTable.Shown);
            seen.UnionWith(shown);
            pages++;
        }

        Assert.Equal((Many, (Many / NodeTable.Shown) + 1), (seen.Count, pages));
    }

    [Fact]
    public async Task People_come_page_by_page()
    {
        await FillAsync();
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/people");
        var first = PersonLink().Count(browser.Page);

        await browser.OpenAsync(Next(browser.Page, "/people"));

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Equal(PeoplePage.Shown, first);
        // The administrator and they are one more than a page; by user name the administrator comes last.
        Assert.Contains($"{radio.AdminName}<", browser.Page, StringComparison.Ordinal);
        Assert.Equal(1, PersonLink().Count(browser.Page));
    }

    [Fact]
    public async Task Bulletins_that_fill_a_page_are_followed_by_none()
    {
        await AddBulletinsAsync(BulletinsPage.Shown);
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/bulletins");
        Assert.Equal((BulletinsPage.Shown, ""), (BulletinLink().Count(browser.Page), Next(browser.Page, "/bulletins?")));

        await AddBulletinsAsync(1);
        await browser.OpenAsync("/bulletins");
        Assert.Equal(BulletinsPage.Shown, BulletinLink().Count(browser.Page));
        await browser.OpenAsync(Next(browser.Page, "/bulletins?"));
        Assert.Equal((1, ""), (BulletinLink().Count(browser.Page), Next(browser.Page, "/bulletins?")));
    }

    [Fact]
    public async Task Audience_offers_some_loudspeakers_and_says_how_many_more_there_are()
    {
        await FillAsync();
        using var browser = await radio.SignedInAsync();

        await browser.OpenAsync("/air");

        Assert.Equal(AudiencePicker.Offered, NodeBox().Count(browser.Page));
        Assert.Contains($"{Many - AudiencePicker.Offered} more loudspeakers", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loudspeaker_that_is_not_offered_is_found_by_its_name_and_stays_chosen()
    {
        await FillAsync();
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/air");
        // The list is sorted by the letters of names: 97 comes last but two.
        const int late = 97;
        var far = $"{late:x16}";
        Assert.DoesNotContain($"value=\"{far}\"", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(
            "/air", ("_handler", "air"), ("look", "nodes"), ("find-node", $"LOA {late} xa"), ("class", "priority"));

        Assert.Equal((HttpStatusCode.OK, null), (browser.Status, browser.Refusal()));
        // And 197.
        Assert.Equal(2, NodeBox().Count(browser.Page));
        Assert.Contains($"value=\"{far}\"", browser.Page, StringComparison.Ordinal);
        Assert.Matches("value=\"priority\" checked", browser.Page);
        await browser.SendAsync("/air", ("_handler", "air"), ("look", "nodes"), ("find-node", "Loa 7"), ("nodes", far));
        Assert.Matches($"value=\"{far}\" checked", browser.Page);
        await browser.SendAsync(
            "/schedules/new", ("_handler", "schedule"), ("look", "nodes"), ("find-node", $"loa {late}"), ("recurrence", "daily"));
        Assert.Equal((HttpStatusCode.OK, null), (browser.Status, browser.Refusal()));
        Assert.Contains($"value=\"{far}\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_are_found_by_words_of_their_name_on_all_parts_of_the_list()
    {
        await FillAsync();
        using var browser = await radio.SignedInAsync();

        await browser.OpenAsync("/nodes?q=lOA+1");

        var total = Enumerable.Range(1, Many).Count(i => $"loa {i}".Contains('1', StringComparison.Ordinal));
        Assert.Contains($"{total} loudspeakers", browser.Page, StringComparison.Ordinal);
        var next = Next(browser.Page, "/nodes?");
        Assert.Contains("q=lOA%201", next, StringComparison.Ordinal);
        await browser.OpenAsync("/nodes?q=kh%C3%B4ng+c%C3%B3");
        Assert.Contains("0 loudspeakers", browser.Page, StringComparison.Ordinal);
    }

    private static string Next(string page, string path) =>
        NextLink().Matches(page).Select(match => match.Groups["path"].Value)
            .FirstOrDefault(each => each.StartsWith(path, StringComparison.Ordinal)) ?? string.Empty;

    private async Task FillAsync()
    {
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        if (await db.Areas.AnyAsync())
        {
            return;
        }

        db.Areas.Add(new Area { Id = 1, Code = "1", Name = "Xã", Level = "Xã" });
        await db.SaveChangesAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.InsertAsync(
            Enumerable.Range(1, Many).Select(
                i => new SmartRadio.Controller.Nodes.Node { Id = $"{i:x16}", Name = $"Loa {i}", AreaId = 1 }),
            CancellationToken.None);
        await transaction.CommitAsync();
        db.Users.AddRange(Enumerable.Range(1, PeoplePage.Shown).Select(i => new Person
        {
            UserName = $"p{i:000}",
            NormalizedUserName = $"P{i:000}",
            DisplayName = $"Người {i:000}",
        }));
        await db.SaveChangesAsync();
    }

    [GeneratedRegex("href=\"/nodes/(?<id>[0-9a-f]{16})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NodeLink();

    private async Task AddBulletinsAsync(int count)
    {
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        db.Bulletins.AddRange(Enumerable.Range(1, count).Select(
            i => new Bulletin { Title = $"Tin {i}", Peaks = [0, 0], Hash = new string('0', 64), CreatedById = "none" }));
        await db.SaveChangesAsync();
    }

    [GeneratedRegex("class=\"row\" href=\"/bulletins/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BulletinLink();

    [GeneratedRegex("class=\"row\" href=\"/people/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PersonLink();

    [GeneratedRegex("name=\"nodes\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NodeBox();

    [GeneratedRegex("href=\"(?<path>/\\w+\\?[^\"]*after=[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NextLink();
}
