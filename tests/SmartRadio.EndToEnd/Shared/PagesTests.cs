using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>What people see in a real browser, beside the main job.</summary>
public sealed partial class PagesTests
{
    private static readonly string[] Addresses =
    [
        "/", "/bulletins", "/bulletins/new", "/bulletins/1", "/air", "/schedules", "/schedules/new", "/calendar", "/calendar?view=month", "/nodes",
        "/broadcasts", "/broadcasts/1",
        "/areas", "/areas/1", "/people", "/keys", "/audit", "/more", "/stop", "/help", "/complaints", "/complaints/new",
        "/complaints/codes", "/groups", "/templates", "/lexicon", "/account", "/bulletins/1/languages", "/programmes/new",
    ];

    /// <summary>Whether the browser reads each live part in as many pieces as the server cut it into.</summary>
    private const string HoldsAll =
        "[...document.querySelectorAll('[data-live]')].every(each => heldOf(each) === each.dataset.held && each.dataset.held !== '')";

    private const string CountPatches =
        "window.patches = 0; const parse = JSON.parse; "
        + "JSON.parse = text => { window.patches += String(text).startsWith('[[') ? 1 : 0; return parse(text); };";

    private const string IsAsNew =
        """
        async () => {
          const now = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
          const [seen, made] = [document, now].map(
            page => page.querySelector('main [data-live^=nodes]').innerHTML.replace(/\s+/g, ' ').trim());
          return seen === made;
        }
        """;

    [Fact]
    public async Task Pages_follow_a_node_that_comes_and_is_killed_without_a_reload()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        var node = await radio.Api.EnrolAsync("Loa đầu xóm", (await radio.Api.AreasAsync())[^1].Id);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        await browser.Page.AddInitScriptAsync(CountPatches);
        await browser.Page.GotoAsync("/nodes");
        var row = browser.Page.Locator($"a[href='/nodes/{node.Id}']");
        await Assertions.Expect(row).ToContainTextAsync("Loa đầu xóm");
        await Assertions.Expect(row).Not.ToContainTextAsync("Trực tuyến");
        await browser.MarkAsync();
        await row.EvaluateAsync("row => { row.focus(); row.isSame = true; }");

        await using (var process = await NodeProcess.StartAsync(radio, node))
        {
            await Assertions.Expect(row).ToContainTextAsync("Trực tuyến");
            await process.KillAsync(children: false);
        }

        // Its last will says so.
        await Assertions.Expect(row).ToContainTextAsync("Mất kết nối");
        await Poll.UntilAsync("a change was sent as what differs", () => browser.Page.EvaluateAsync<bool>("window.patches > 0"));
        // Whatever was sent meanwhile: another node reports on and on.
        await Poll.UntilAsync(
            "the page shows what it would show if it were opened now", () => browser.Page.EvaluateAsync<bool>(IsAsNew));
        Assert.True(await browser.IsMarkedAsync(), "the page was loaded again");
        Assert.True(
            await browser.Page.EvaluateAsync<bool>("document.activeElement.isSame === true"), "the focus was lost");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Reader_keeps_the_place_in_a_list_that_grows()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        var area = await radio.Api.AddAreaAsync("A", "An Bình", "Xã");
        for (var i = 10; i < 40; i++)
        {
            await radio.Api.AddNodeAsync(string.Create(CultureInfo.InvariantCulture, $"Loa {i}"), area);
        }

        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        await browser.SignInAsync(radio);
        await browser.Page.GotoAsync("/nodes");
        var row = browser.Page.Locator("main a.row", new() { HasText = "Loa 30" });
        await row.EvaluateAsync("row => { scrollTo(0, scrollY + row.getBoundingClientRect().top - 300); row.isSame = true; }");
        var before = (await row.BoundingBoxAsync())!.Y;

        await radio.Api.AddNodeAsync("Loa 00", area);
        await Assertions.Expect(browser.Page.Locator("main a.row")).ToHaveCountAsync(31);

        Assert.InRange((await row.BoundingBoxAsync())!.Y, before - 2, before + 2);
        Assert.True(await row.EvaluateAsync<bool>("row => row.isSame === true"));
    }

    [Fact]
    public async Task Pages_serve_on_a_phone_to_release_an_emergency_and_to_stop_it()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 2);
        var nodes = await radio.Api.NodesAsync();
        await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Warning, radio.FileOf("báo động.m4a"), seconds: 40));
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        var page = browser.Page;
        await browser.SignInAsync(radio);

        await page.GotoAsync("/air");
        await page.Locator("select[name=bulletin]").SelectOptionAsync("2");
        await page.Locator("input[name=class][value=emergency]").CheckAsync();
        await page.Locator("input[name=areas]").First.CheckAsync();
        await page.Locator("main button.main").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Empty(await radio.Api.BroadcastsAsync());

        await page.Locator("input[name=sure]").CheckAsync();
        await page.Locator("main button.main").ClickAsync();
        await browser.ArrivesAtAsync(BroadcastAddress());
        await Poll.UntilAsync("it is heard", () => nodes.All(node => radio.Recording(node.Id).Samples.Length > Recording.Rate));

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "DỪNG TẤT CẢ" }).ClickAsync();
        var stopped = await Poll.UntilAsync(
            "all have told of the stop", () => radio.Api.BroadcastAsync(1),
            seen => seen.Nodes.All(receipt => receipt.EndedAt is not null));
        Assert.All(stopped.Nodes, receipt => Assert.Equal(("interrupted", "stopped"), (receipt.State, receipt.Reason)));
    }

    [Fact]
    public async Task Pages_speak_Vietnamese_and_on_a_press_English()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        var heading = browser.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await browser.Page.GotoAsync("/nodes");
        await Assertions.Expect(browser.Page.Locator("html")).ToHaveAttributeAsync("lang", "vi");
        await Assertions.Expect(heading).ToHaveTextAsync("Cụm loa");

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();

        await Assertions.Expect(browser.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(heading).ToHaveTextAsync("Speakers");
        Assert.EndsWith("/nodes", browser.Page.Url, StringComparison.Ordinal);
        await browser.Page.GotoAsync("/areas");
        await Assertions.Expect(heading).ToHaveTextAsync("Areas");
    }

    [Theory]
    [InlineData(false, "vi")]
    [InlineData(true, "vi")]
    [InlineData(true, "en")]
    public async Task Pages_fit_the_screen_and_are_usable_by_everybody(bool phone, string language)
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 2);
        await radio.Api.AirAsync(1, "normal", await radio.Api.NodesAsync(), VietnamTime.Ahead(TimeSpan.FromHours(1)));
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone);
        await browser.SignInAsync(radio);
        if (language != "vi")
        {
            await browser.Page.GotoAsync("/more");
            await browser.Page.Locator($"main button[name=language][value={language}]").ClickAsync();
            await Assertions.Expect(browser.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        }

        var faults = new List<string>();
        foreach (var address in Addresses)
        {
            var answer = await browser.Page.GotoAsync(address);
            Assert.True(answer!.Ok, $"{address}: {answer.Status}");
            faults.AddRange(await FaultsOfAsync(browser.Page, address, phone));
        }

        Assert.Empty(faults);
        Assert.Empty(browser.Errors);
    }

    /// <summary>In both themes, and on the narrowest phone too.</summary>
    private static async Task<IReadOnlyList<string>> FaultsOfAsync(IPage page, string address, bool phone)
    {
        var faults = new List<string>(await Accessibility.FaultsOfAsync(page));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        faults.AddRange((await Accessibility.FaultsOfAsync(page)).Select(fault => fault + " in the dark"));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        foreach (var width in phone ? [360, 320] : new[] { 1280 })
        {
            await page.SetViewportSizeAsync(width, 740);
            if (await Accessibility.IsTooWideAsync(page))
            {
                faults.Add($"{address} is wider than {width}");
            }

            faults.AddRange((await Accessibility.CutTabsAsync(page)).Select(tab => $"{address} at {width}: the tab {tab} is cut"));
        }

        if (!await page.EvaluateAsync<bool>(HoldsAll))
        {
            faults.Add($"{address} is sent again what came with it");
        }

        return faults;
    }

    [GeneratedRegex("/broadcasts/[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BroadcastAddress();
}
