using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Broadcasts;

/// <summary>Moving a broadcast is offered until it begins.</summary>
public sealed class MoveFormTests
{
    [Fact]
    public async Task Move_form_goes_by_itself_once_the_broadcast_begins()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 2);
        var bulletin = await radio.Api.SpokenAsync("Lịch tiêm chủng", Speech.Announcement);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        var aired = await radio.Api.AirAsync(
            bulletin.Id, "normal", await radio.Api.NodesAsync(), VietnamTime.Ahead(TimeSpan.FromSeconds(8)));

        await page.GotoAsync(FormattableString.Invariant($"/broadcasts/{aired.Id}"));
        var form = page.Locator("form:has(> input[name=_handler][value=move])");
        await Assertions.Expect(form).ToBeVisibleAsync();
        await browser.MarkAsync();

        await Assertions.Expect(page.Locator("main [data-progress=sounding], main [data-progress=heard]"))
            .ToBeVisibleAsync(new() { Timeout = (float)Poll.Patience.TotalMilliseconds });
        await Assertions.Expect(form).ToBeHiddenAsync();
        Assert.True(await browser.IsMarkedAsync(), "the page was loaded again");
        Assert.Empty(browser.Errors);
    }
}
