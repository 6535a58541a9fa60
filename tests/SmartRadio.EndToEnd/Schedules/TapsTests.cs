using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Schedules;

/// <summary>
/// How many taps the jobs of a commune officer take on a phone, beside typing. A field that is typed into is one tap.
/// </summary>
public sealed partial class TapsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private RadioProcess _radio = null!;
    private ChromiumBrowser _browser = null!;
    private int _taps;

    private IPage Page => _browser.Page;

    public async ValueTask InitializeAsync()
    {
        _radio = await RadioProcess.StartedAsync(demo: 0);
        var commune = await _radio.Api.AddAreaAsync("A", "An Bình", "Xã");
        await _radio.Api.AddNodeAsync("Loa thôn Thượng", commune);
        _browser = await ChromiumBrowser.OpenAsync(_radio.Address, phone: true);
        await _browser.SignInAsync(_radio);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _radio.DisposeAsync();
    }

    [Fact]
    public async Task Text_for_every_workday_at_two_times_takes_at_most_12_taps()
    {
        await WeeklyJobAsync();

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"weekly job: {_taps} taps"));
        Assert.InRange(_taps, 1, 12);
        await Assertions.Expect(Page.GetByText("05:00, 17:00")).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByText("Thứ Hai – Thứ Bảy")).ToBeVisibleAsync();
        Assert.Empty(_browser.Errors);
    }

    [Fact]
    public async Task Another_time_for_one_broadcast_takes_at_most_4_taps()
    {
        await WeeklyJobAsync();
        await Page.GotoAsync("/");
        _taps = 0;

        await TapAsync(Page.Locator("main a.row[href^='/broadcasts/']").First);
        var start = Page.Locator("input[name=start]");
        var day = (await start.InputValueAsync())[..10];
        await TypeAsync(start, day + "T18:30");
        await TapAsync(Page.Locator("form:has(input[name=start]) button.main"));

        await Assertions.Expect(Page.GetByText("18:30").First).ToBeVisibleAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"another time: {_taps} taps"));
        Assert.InRange(_taps, 1, 4);
        Assert.Empty(_browser.Errors);
    }

    private async Task WeeklyJobAsync()
    {
        await TapAsync(Page.Locator("nav.tabs a[href='/bulletins']"));
        await TapAsync(Page.Locator("a[href='/bulletins/new']").First);
        await TypeAsync(Page.Locator("input[name=spoken-title]"), "Lịch tiêm phòng");
        await TypeAsync(Page.Locator("textarea[name=text]"), Speech.Announcement);
        await TapAsync(Page.Locator("form:has(textarea) .actions button.main"));
        await _browser.ArrivesAtAsync(Bulletin());
        await TapAsync(Page.Locator("form:has(input[name=heard]) button.main"));
        // The link to schedule stands there before the approval too.
        await Assertions.Expect(Page.Locator("a[href^='/air?bulletin=']")).ToBeVisibleAsync();
        await TapAsync(Page.Locator("a[href^='/schedules/new']"));
        await TapAsync(Page.Locator("label:has(input[value=mondaytosaturday])"));
        await TypeAsync(Page.Locator("input[name=times]").Nth(1), "17:00:00");
        await TapAsync(Page.Locator("label:has(> input[name=areas])").First);
        await TapAsync(Page.Locator("form:has(input[name=recurrence]) button.main"));
        await TapAsync(Page.Locator("#outlook ~ .actions button.main"));
        await _browser.ArrivesAtAsync(Schedule());
    }

    private async Task TapAsync(ILocator what)
    {
        _taps++;
        await what.TapAsync();
    }

    private async Task TypeAsync(ILocator field, string text)
    {
        _taps++;
        await field.FillAsync(text);
    }

    [GeneratedRegex("/bulletins/[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bulletin();

    [GeneratedRegex("/schedules/[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Schedule();
}
