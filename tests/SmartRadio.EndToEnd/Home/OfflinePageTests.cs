using System.Text.Json;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Home;

/// <summary>A phone on which the pages are installed, and a server that is gone.</summary>
public sealed class OfflinePageTests
{
    private const string KeptAt = "JSON.parse(localStorage.getItem('today')).at";

    [Fact]
    public async Task Page_without_a_server_tells_what_was_on_today_until_it_is_back()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true, keepsOffline: true);
        await browser.SignInAsync(radio);
        var bulletin = await radio.Api.ApprovedAsync(
            await Speech.MakeAsync(Speech.Announcement, radio.FileOf("speech.mp3"), seconds: 3));
        await radio.Api.AirAsync(bulletin.Id, "normal", await radio.Api.NodesAsync());
        await browser.Page.GotoAsync("/");
        await browser.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await browser.Page.GotoAsync("/");
        await Assertions.Expect(browser.Page.Locator(".day rect > title").First).ToContainTextAsync("speech.mp3");
        var kept = await browser.Page.EvaluateAsync<double>(KeptAt);

        await radio.Process.KillAsync(children: true);
        await Assertions.Expect(browser.Page.Locator("[data-live].stale").First).ToBeAttachedAsync();
        await browser.Page.GotoAsync("/schedules");

        await Assertions.Expect(browser.Page.Locator("h1")).ToHaveTextAsync("Không nối được máy chủ");
        await Assertions.Expect(browser.Page.Locator("[data-offline] h2")).ToContainTextAsync("thấy lần cuối");
        await Assertions.Expect(browser.Page.Locator("[data-offline] li")).ToContainTextAsync("speech.mp3");
        await Assertions.Expect(browser.Page.GetByText("bấm nút dừng trên cụm loa")).ToBeVisibleAsync();
        Assert.Equal(
            "none", await browser.Page.Locator("[data-offline] ul")
                .EvaluateAsync<string>("list => getComputedStyle(list).listStyleType"));
        // What is old is not said to have been seen as the page was left.
        Assert.Equal(kept, await browser.Page.EvaluateAsync<double>(KeptAt));
        await Assertions.Expect(browser.Page.Locator("main .actions a")).ToHaveAttributeAsync("href", "/schedules");

        await radio.StartAsync();
        await browser.Page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Assertions.Expect(browser.Page.Locator("h1")).ToHaveTextAsync("Lịch phát");
    }

    [Fact]
    public async Task Pages_can_be_installed()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true, keepsOffline: true);
        await browser.SignInAsync(radio);
        await browser.Page.GotoAsync("/");
        await browser.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        var session = await browser.Page.Context.NewCDPSessionAsync(browser.Page);

        var manifest = (await session.SendAsync("Page.getAppManifest"))!.Value;
        var faults = (await session.SendAsync("Page.getInstallabilityErrors"))!.Value;

        Assert.Empty(manifest.GetProperty("errors").EnumerateArray());
        Assert.Equal(
            "standalone",
            JsonDocument.Parse(manifest.GetProperty("data").GetString()!).RootElement.GetProperty("display").GetString());
        // Playwright's windows are of the kind that keeps nothing.
        Assert.Empty(faults.GetProperty("installabilityErrors").EnumerateArray()
            .Select(each => each.GetProperty("errorId").GetString()).Except(["in-incognito"]));
    }
}
