using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.SignIn;

/// <summary>What becomes of a page whose session ends while it is open, in a real browser.</summary>
public sealed partial class EndedSessionTests
{
    [Fact]
    public async Task Stop_leads_through_sign_in_to_a_button_that_stops()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        await browser.SignInAsync(radio);
        var bulletin = await radio.Api.ApprovedAsync(
            await Speech.MakeAsync(Speech.Announcement, radio.FileOf("speech.mp3"), seconds: 60));
        var nodes = await radio.Api.NodesAsync();
        var broadcast = await radio.Api.AirAsync(bulletin.Id, "normal", nodes);
        await Poll.UntilAsync("it is heard", () => radio.Recording(nodes[0].Id).Samples.Length > Recording.Rate);
        await browser.Page.GotoAsync("/schedules");
        await browser.EndSessionAsync();

        await StopButton(browser.Page).First.ClickAsync();
        await browser.ArrivesAtAsync(SignIn());
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("CHƯA DỪNG");
        await browser.FillSignInAsync(radio);
        await browser.ArrivesAtAsync(Stop());
        Assert.Equal("planned", (await radio.Api.BroadcastAsync(broadcast.Id)).State);
        await browser.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "DỪNG TẤT CẢ" }).ClickAsync();

        var stopped = await Poll.UntilAsync(
            "the node has told of the stop", () => radio.Api.BroadcastAsync(broadcast.Id),
            seen => seen.Nodes.All(receipt => receipt.EndedAt is not null));
        Assert.Equal("stopped", stopped.State);
        Assert.All(stopped.Nodes, receipt => Assert.Equal(("interrupted", "stopped"), (receipt.State, receipt.Reason)));
        await Assertions.Expect(browser.Page.Locator("main .notice.good")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Stop_works_from_a_page_whose_token_is_no_longer_good()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        await browser.Page.Context.ClearCookiesAsync(new() { Name = "sr-form" });
        await StopButton(browser.Page).First.ClickAsync();
        await browser.ArrivesAtAsync(Stop());
        await StopButton(browser.Page).Last.ClickAsync();
        await Assertions.Expect(browser.Page.Locator("main .notice.good")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_says_so_and_goes_on_after_sign_in_in_another_tab()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        await browser.Page.GotoAsync("/nodes");
        await browser.EndSessionAsync();
        await browser.WakeAsync();
        var bar = browser.Page.Locator("#lost");
        await Assertions.Expect(bar).ToContainTextAsync("Phiên làm việc đã hết");
        await Assertions.Expect(bar.GetByRole(AriaRole.Link, new() { Name = "Đăng nhập lại" }))
            .ToHaveAttributeAsync("href", "/sign-in?back=%2Fnodes");

        var other = await browser.Page.Context.NewPageAsync();
        await other.GotoAsync(radio.Address + "/sign-in");
        await ChromiumBrowser.FillSignInAsync(other, radio);
        await Assertions.Expect(bar).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Page_says_that_the_server_is_gone_and_goes_on_when_it_is_back()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        await browser.Page.GotoAsync("/nodes");
        await browser.MarkAsync();
        await radio.Process.KillAsync(children: true);
        var bar = browser.Page.Locator("#lost");
        await Assertions.Expect(bar).ToContainTextAsync("Mất liên lạc với máy chủ");

        await radio.StartAsync();
        // A page that has asked in vain for long asks every 15 s.
        await Assertions.Expect(bar).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(browser.Page.Locator("main [data-live]").Last).Not.ToHaveClassAsync("stale");
        Assert.True(await browser.IsMarkedAsync(), "the page was loaded again");
        await radio.Api.EnrolAsync("Loa mới", (await AreaAsync(radio)));
        await Assertions.Expect(browser.Page.Locator("main")).ToContainTextAsync("Loa mới");
    }

    private static ILocator StopButton(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "DỪNG TẤT CẢ" });

    private static async Task<long> AreaAsync(RadioProcess radio) => await radio.Api.AddAreaAsync("thu-1", "Thử", "Xã");

    [GeneratedRegex("/sign-in\\?ended=true", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignIn();

    [GeneratedRegex("/stop$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stop();
}
