using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Home;

/// <summary>The line of today is touched on the narrowest phone.</summary>
public sealed class TodayLineTests
{
    [Fact]
    public async Task Block_of_today_leads_to_its_broadcast_and_several_to_their_day()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        var nodes = await radio.Api.NodesAsync();
        var today = VietnamTime.Of(DateTimeOffset.UtcNow).Date;
        // All of them today, however late it is.
        var step = (today.AddDays(1) - VietnamTime.Of(DateTimeOffset.UtcNow)) / 6;
        step = step > TimeSpan.FromMinutes(20) ? TimeSpan.FromMinutes(20) : step;
        var aired = new List<BroadcastAnswer>();
        for (var number = 1; number <= 4; number++)
        {
            aired.Add(await radio.Api.AirAsync(1, "normal", nodes, VietnamTime.Ahead(number * step)));
        }

        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        await page.SetViewportSizeAsync(320, 700);
        await page.GotoAsync("/");
        var links = page.Locator(".day a");

        await Assertions.Expect(links).ToHaveCountAsync(3);
        // Measured at once: the line is drawn anew at any moment.
        Assert.Empty(await links.EvaluateAllAsync<string[]>(
            "links => links.filter(each => !each.getAttribute('aria-label') || each.getBoundingClientRect().width < 24 "
            + "|| each.getBoundingClientRect().height < 24).map(each => each.outerHTML)"));

        Assert.Empty(await Accessibility.FaultsOfAsync(page));
        await Assertions.Expect(links.Last).ToHaveAttributeAsync(
            "href", FormattableString.Invariant($"/broadcasts?day={today:yyyy-MM-dd}"));
        await links.First.TapAsync();
        await Assertions.Expect(page).ToHaveURLAsync(FormattableString.Invariant($"{radio.Address}/broadcasts/{aired[0].Id}"));
        Assert.Empty(browser.Errors);
    }
}
