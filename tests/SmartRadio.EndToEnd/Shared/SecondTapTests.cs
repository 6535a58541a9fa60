using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>Two taps on a slow line do one thing and show it, in a real browser.</summary>
public sealed partial class SecondTapTests
{
    private const int Latency = 400;

    /// <summary>Time between two taps of an impatient finger, ms.</summary>
    private const int Between = 300;

    [Fact]
    public async Task Second_tap_on_a_slow_line_airs_nothing_again()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Warning, radio.FileOf("tin.m4a"), seconds: 5));
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        await page.GotoAsync("/air");
        await page.Locator("select[name=bulletin]").SelectOptionAsync("2");
        await page.Locator("input[name=class][value=emergency]").CheckAsync();
        await page.Locator("input[name=areas]").First.CheckAsync();
        await page.Locator("input[name=sure]").CheckAsync();
        await SlowDownAsync(page);

        await TapTwiceAsync(page, "main button.main");

        await browser.ArrivesAtAsync(BroadcastAddress());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        Assert.Single(await radio.Api.BroadcastsAsync());
    }

    [Fact]
    public async Task Second_tap_and_a_reload_add_no_second_area()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        var before = (await radio.Api.AreasAsync()).Count;
        await page.GotoAsync("/areas/new");
        await page.Locator("input[name=level]").FillAsync("Xã");
        await page.Locator("input[name=name]").FillAsync("Xã Thử");
        await page.Locator("input[name=code]").FillAsync("70707");
        await SlowDownAsync(page);

        await TapTwiceAsync(page, "main button.main");

        await browser.ArrivesAtAsync(AreaList());
        await page.ReloadAsync();
        Assert.Equal(before + 1, (await radio.Api.AreasAsync()).Count);
        Assert.Empty(browser.Errors);
    }

    private static async Task SlowDownAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["offline"] = false,
            ["latency"] = Latency,
            ["downloadThroughput"] = -1,
            ["uploadThroughput"] = -1,
        });
    }

    // Playwright itself waits for the navigation that a tap begins; a finger does not.
    private static async Task TapTwiceAsync(IPage page, string button) => await page.EvaluateAsync(
        "([button, between]) => { const tap = () => document.querySelector(button).click(); setTimeout(tap, 0); setTimeout(tap, between); }",
        new object[] { button, Between });

    [GeneratedRegex("/broadcasts/[0-9]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BroadcastAddress();

    [GeneratedRegex("/areas$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AreaList();
}
