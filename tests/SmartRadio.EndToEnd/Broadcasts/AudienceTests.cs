using System.Globalization;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Broadcasts;

/// <summary>Who hears it is seen and counted while it is chosen.</summary>
public sealed class AudienceTests
{
    [Fact]
    public async Task Audience_is_ticked_counted_once_and_offered_again()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        var commune = await radio.Api.AddAreaAsync("A", "An Bình", "Xã");
        var village = await radio.Api.AddAreaAsync("A1", "Thượng", "Thôn", commune);
        var (upper, lower) = (await radio.Api.AddNodeAsync("Loa trên", village), await radio.Api.AddNodeAsync("Loa dưới", village));
        await radio.Api.AddNodeAsync("Loa xã", commune);
        var bulletin = await radio.Api.SpokenAsync("Lịch tiêm chủng", Speech.Announcement);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        var told = page.Locator(".chosen");
        await page.GotoAsync("/groups");
        await page.Locator("input[name=name]").FillAsync("Loa trường học");
        await Box(page, "nodes", upper).CheckAsync();
        await Assertions.Expect(told).ToHaveTextAsync("1 cụm loa đã chọn, 1 cụm loa đang mất kết nối");
        await page.Locator("form:has(input[name=name]) button.main").ClickAsync();
        await Assertions.Expect(page.GetByText("Loa trường học").First).ToBeVisibleAsync();

        await page.GotoAsync(FormattableString.Invariant($"/air?bulletin={bulletin.Id}"));
        await Assertions.Expect(told).ToHaveTextAsync("0 cụm loa đã chọn");
        await page.Locator("input[name=groups]").CheckAsync();
        await Box(page, "nodes", upper).CheckAsync();
        await Box(page, "nodes", lower).CheckAsync();
        await Assertions.Expect(told).ToContainTextAsync("2 cụm loa đã chọn");
        Assert.Equal("none", await TickAsync(Box(page, "areas", village)));
        await Box(page, "nodes", lower).UncheckAsync();

        await Box(page, "areas", commune).CheckAsync();
        await Assertions.Expect(told).ToHaveTextAsync("3 cụm loa đã chọn, 3 cụm loa đang mất kết nối");
        foreach (var below in new[] { Box(page, "areas", village), Box(page, "nodes", lower) })
        {
            await Assertions.Expect(below).ToBeDisabledAsync();
            Assert.Equal("\"✓\"", await TickAsync(below));
        }

        Assert.Empty(await Accessibility.FaultsOfAsync(page));
        await Box(page, "areas", commune).UncheckAsync();
        await Assertions.Expect(told).ToContainTextAsync("1 cụm loa đã chọn");
        await Assertions.Expect(Box(page, "nodes", lower)).ToBeEnabledAsync();
        await Box(page, "areas", village).CheckAsync();
        await page.Locator("input[name=groups]").UncheckAsync();
        await Assertions.Expect(told).ToContainTextAsync("2 cụm loa đã chọn");
        // At noon: the area has quiet hours at night.
        await page.Locator("input[name=when][value=at]").CheckAsync();
        await page.Locator("input[name=start]").FillAsync(
            VietnamTime.Of(DateTimeOffset.UtcNow.AddDays(1)).ToString("yyyy-MM-dd'T12:07'", CultureInfo.InvariantCulture));
        await page.Locator("main form button.main").Last.ClickAsync();
        await Assertions.Expect(page.Locator("main [data-progress]").First).ToBeVisibleAsync();

        await page.GotoAsync("/air");
        await Assertions.Expect(Box(page, "areas", village)).ToBeCheckedAsync();
        await Assertions.Expect(told).ToHaveTextAsync("2 cụm loa đã chọn, 2 cụm loa đang mất kết nối");
        Assert.Empty(browser.Errors);
    }

    private static ILocator Box(IPage page, string name, object value) =>
        page.Locator(FormattableString.Invariant($"input[name={name}][value='{value}']"));

    /// <summary>What is drawn into a box that nobody ticked itself.</summary>
    private static Task<string> TickAsync(ILocator box) =>
        box.EvaluateAsync<string>("box => getComputedStyle(box, '::before').content");
}
