using System.Globalization;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>Dates and times are shown in the page's language, in a browser that speaks English.</summary>
public sealed class WordedDatesTests
{
    private const string Invisible = "rgba(0, 0, 0, 0)";

    [Fact]
    public async Task Dates_and_times_are_Vietnamese_in_an_English_browser()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await radio.Api.AddAreaAsync("A", "An Bình", "Xã");
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, locale: "en-US");
        await browser.SignInAsync(radio);
        var page = browser.Page;
        await page.GotoAsync("/schedules/new");
        var (from, time) = (page.Locator("input[name=from]"), page.Locator("input[name=times]").First);

        var today = VietnamTime.Of(DateTimeOffset.UtcNow).Date;
        await Assertions.Expect(Shown(from)).ToHaveTextAsync(Vietnamese(today));
        await Assertions.Expect(Shown(time)).ToHaveTextAsync("05:00");
        await Assertions.Expect(Shown(page.Locator("input[name=times]").Nth(1))).ToHaveTextAsync("--:--");
        await Assertions.Expect(Shown(page.Locator("input[name=until]"))).ToHaveTextAsync("ngày/tháng/năm");
        await Assertions.Expect(from).ToHaveCSSAsync("color", Invisible);
        await Assertions.Expect(from).ToHaveAccessibleNameAsync("Từ ngày");

        // Who types sees the field itself.
        await time.FocusAsync();
        await Assertions.Expect(Shown(time)).ToBeHiddenAsync();
        await Assertions.Expect(time).Not.ToHaveCSSAsync("color", Invisible);
        await time.FillAsync("17:30");
        await from.FillAsync("2026-11-30");
        await Assertions.Expect(Shown(time)).ToHaveTextAsync("17:30");
        await Assertions.Expect(Shown(from)).ToHaveTextAsync("T2, 30/11/2026");
        await page.ReloadAsync();
        await Assertions.Expect(Shown(from)).ToHaveTextAsync("T2, 30/11/2026");
        await page.Locator(".kept button").ClickAsync();
        await Assertions.Expect(Shown(from)).ToHaveTextAsync(Vietnamese(today));
        await Assertions.Expect(Shown(time)).ToHaveTextAsync("05:00");

        await page.GotoAsync("/air");
        await page.Locator("input[name=when][value=at]").CheckAsync();
        await page.Locator("input[name=start]").FillAsync("2026-11-30T17:00");
        await Assertions.Expect(Shown(page.Locator("input[name=start]"))).ToHaveTextAsync("17:00 T2, 30/11/2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(Shown(page.Locator("input[name=start]"))).ToHaveTextAsync("17:00 Mon 30 Nov 2026");
        Assert.Empty(browser.Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dates_fit_a_narrow_phone_and_go_by_whole_minutes(bool dark)
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        await radio.Api.AirAsync(1, "normal", await radio.Api.NodesAsync(), VietnamTime.Ahead(TimeSpan.FromHours(1)));
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true, dark: dark, locale: "en-US");
        await browser.SignInAsync(radio);
        var page = browser.Page;
        await page.SetViewportSizeAsync(320, 700);
        var faults = new List<string>();
        foreach (var address in new[] { "/schedules/new", "/air", "/broadcasts/1", "/areas/1", "/broadcasts?when=past" })
        {
            await page.GotoAsync(address);
            await page.EvaluateAsync("document.querySelectorAll('main details').forEach(each => { each.open = true; })");
            if (address == "/air")
            {
                await page.Locator("input[name=when][value=at]").CheckAsync();
            }

            Assert.NotEqual(0, await page.Locator(".dated > span").CountAsync());
            faults.AddRange(await page.EvaluateAsync<string[]>(
                """
                [...document.querySelectorAll('.dated')].filter(each => each.offsetWidth > 0 && (each.children[0].step !== ''
                  || each.children[1].scrollWidth > each.children[1].clientWidth))
                .map(each => location.pathname + ' ' + each.outerHTML)
                """));
            faults.AddRange(await Accessibility.FaultsOfAsync(page));
            Assert.False(await Accessibility.IsTooWideAsync(page), address);
        }

        Assert.Empty(faults);
        // A finger opens the browser's own picker; what is chosen is shown in ours all the while.
        await page.GotoAsync("/schedules/new");
        await page.Locator("input[name=from]").FocusAsync();
        await Assertions.Expect(Shown(page.Locator("input[name=from]"))).ToBeVisibleAsync();
    }

    private static ILocator Shown(ILocator field) => field.Locator("xpath=following-sibling::span[@aria-hidden='true']");

    private static string Vietnamese(DateTime day) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(day.DayOfWeek == DayOfWeek.Sunday ? "CN" : $"T{(int)day.DayOfWeek + 1}")}, {day:dd/MM/yyyy}");
}
