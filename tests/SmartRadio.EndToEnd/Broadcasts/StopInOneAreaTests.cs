using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Broadcasts;

/// <summary>One area is silenced while the others go on, in a real browser and with sound.</summary>
[Trait(Instants.Category, Instants.Name)]
public sealed partial class StopInOneAreaTests
{
    [Fact]
    public async Task Stop_in_one_area_after_sign_in_leaves_the_other_on_air()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 2);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        await browser.SignInAsync(radio);
        var (page, nodes) = (browser.Page, await radio.Api.NodesAsync());
        var bulletin = await radio.Api.ApprovedAsync(
            await Speech.MakeAsync(Speech.Announcement, radio.FileOf("speech.mp3"), seconds: 60));
        var broadcast = await radio.Api.AirAsync(bulletin.Id, "normal", nodes);
        await Poll.UntilAsync(
            "both are heard", () => nodes.All(node => radio.Recording(node.Id).Samples.Length > Recording.Rate));
        var (silenced, other) = (nodes[0], nodes[1]);

        await page.GotoAsync("/stop");
        var commune = page.Locator("main a[href^='/stop?area=']");
        await Assertions.Expect(page.Locator("main .row .tag.on")).ToBeVisibleAsync();
        await commune.ClickAsync();
        // Before that answer the session is not ended: it would bring the cookie again.
        await browser.ArrivesAtAsync(Stop());
        await browser.EndSessionAsync();
        await page.Locator($"main button[formaction='/areas/{silenced.AreaId}/stop']").ClickAsync();
        await browser.ArrivesAtAsync(SignIn());
        await browser.FillSignInAsync(radio);
        await browser.ArrivesAtAsync(Stop());
        await page.Locator("main button.huge.stop").ClickAsync();

        var stopped = await Poll.UntilAsync(
            "the one has told of the stop", () => radio.Api.BroadcastAsync(broadcast.Id),
            seen => Of(seen, silenced).EndedAt is not null);
        Assert.Equal(("interrupted", "stopped"), (Of(stopped, silenced).State, Of(stopped, silenced).Reason));
        Assert.Equal(("playing", "planned"), (Of(stopped, other).State, stopped.State));
        await Assertions.Expect(page.Locator("main .notice.good")).ToContainTextAsync("Nơi khác không bị dừng");
        var heard = radio.Recording(other.Id).Samples.Length;
        await Poll.UntilAsync("the other goes on", () => radio.Recording(other.Id).Samples.Length > heard + Recording.Rate);
    }

    private static ReceiptAnswer Of(BroadcastAnswer broadcast, NodeAnswer node) =>
        broadcast.Nodes.Single(receipt => receipt.NodeId == node.Id);

    [GeneratedRegex("/sign-in\\?ended=true", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignIn();

    [GeneratedRegex("/stop\\?area=[0-9]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stop();
}
