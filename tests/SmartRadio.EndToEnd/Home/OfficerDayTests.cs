using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Home;

/// <summary>
/// An officer's day on the real program: schedules a bulletin for the week, airs it now, sees it heard, looks at the day. On a
/// phone in Vietnamese, and at a dark desk in English. Its pictures stand in the guides.
/// </summary>
public sealed partial class OfficerDayTests
{
    // Five programs decode and report on two processors, beside another test.
    private static readonly float Patience = (float)Poll.Patience.TotalMilliseconds;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bulletin_is_scheduled_aired_and_seen_heard(bool phone)
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 5);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone, dark: !phone);
        var page = browser.Page;
        var pictures = new Pictures(radio, phone ? "day-phone" : "day-desk");
        await browser.SignInAsync(radio);
        if (!phone)
        {
            await page.SetViewportSizeAsync(1200, 850);
            await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        }

        var bulletin = await radio.Api.SpokenAsync("Lịch tiêm chủng", Speech.Announcement);
        await radio.NodesOnlineAsync(5);

        // Whatever day and hour it is now.
        var monday = VietnamTime.NextMonday();
        await ScheduleAsync(page, pictures, bulletin.Id, monday);
        await page.GotoAsync("/calendar?day=" + monday);
        await Assertions.Expect(page.GetByText("17:00").First).ToBeAttachedAsync();
        await pictures.TakeAsync(page, "calendar");
        await AirAsync(radio, page, pictures, bulletin.Id);
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator(".day rect.heard")).ToHaveCountAsync(1, new() { Timeout = Patience });
        await pictures.TakeAsync(page, "home");
        await page.GotoAsync("/broadcasts?when=past");
        await Assertions.Expect(page.Locator("a.row[href^='/broadcasts/']")).ToHaveCountAsync(1);
        await pictures.TakeAsync(page, "past");
        await page.GotoAsync("/nodes");
        await Assertions.Expect(page.Locator("a.row[href^='/nodes/']")).ToHaveCountAsync(5);
        await pictures.TakeAsync(page, "nodes");
        await page.GotoAsync("/stop");
        await pictures.TakeAsync(page, "stop");
        if (!phone)
        {
            await DragAsync(browser, DateOnly.ParseExact(monday, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(14));
        }

        Assert.Empty(browser.Errors);
    }

    /// <summary>One of the weeks ahead, which nothing was made for yet, is dragged to an hour later and moved alone.</summary>
    private static async Task DragAsync(ChromiumBrowser browser, DateOnly day)
    {
        var page = browser.Page;
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await page.GotoAsync("/calendar?day=" + date);
        var block = page.Locator($".week a[data-start='{date}T17:00:00']");
        await block.ScrollIntoViewIfNeededAsync();
        var box = (await block.BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + 5);
        var hour = await page.EvaluateAsync<float>(
            "(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * svg.dataset.scale * 60)(document.querySelector('.week svg'))");
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x, y + hour, new() { Steps = 5 });
        await page.Mouse.UpAsync();

        await browser.ArrivesAtAsync(Broadcast());
        await Assertions.Expect(page.Locator("input[name=start]")).ToHaveValueAsync(date + "T18:00");
        await page.GotoAsync("/calendar?day=" + date);
        await Assertions.Expect(page.Locator($".week a[data-start='{date}T18:00:00']")).ToHaveCountAsync(1);
        await Assertions.Expect(block).ToHaveCountAsync(0);
    }

    /// <summary>Monday to Saturday at 05:00 and 17:00; what it would do is seen before it is saved.</summary>
    private static async Task ScheduleAsync(IPage page, Pictures pictures, long bulletin, string from)
    {
        await page.GotoAsync(FormattableString.Invariant($"/schedules/new?bulletin={bulletin}"));
        await page.Locator("label:has(input[value=mondaytosaturday])").ClickAsync();
        await page.Locator("input[name=from]").FillAsync(from);
        await page.Locator("input[name=times]").Nth(0).FillAsync("05:00:00");
        await page.Locator("input[name=times]").Nth(1).FillAsync("17:00:00");
        await page.Locator("label:has(> input[name=areas])").First.ClickAsync();
        await page.Locator("form:has(input[name=recurrence]) button.main").ClickAsync();
        await Assertions.Expect(page.Locator("#outlook")).ToBeVisibleAsync();
        await pictures.TakeAsync(page, "schedule");
        await page.Locator("#outlook ~ .actions button.main").ClickAsync();
        await ChromiumBrowser.ArrivesAtAsync(page, Schedule());
    }

    /// <summary>Airs it in the whole commune, and waits until the last loudspeaker has told that it played.</summary>
    private static async Task AirAsync(RadioProcess radio, IPage page, Pictures pictures, long bulletin)
    {
        await page.GotoAsync(FormattableString.Invariant($"/air?bulletin={bulletin}"));
        await page.Locator("input[name=areas]").First.CheckAsync();
        await pictures.TakeAsync(page, "air");
        await page.Locator("main form button.main").Last.ClickAsync();
        await ChromiumBrowser.ArrivesAtAsync(page, Broadcast());
        await Assertions.Expect(page.Locator(".dots path.sounding").First).ToBeVisibleAsync(new() { Timeout = Patience });
        await pictures.TakeAsync(page, "sounding");
        var id = long.Parse(page.Url[(page.Url.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
        await Poll.UntilAsync(
            "all have told that they played", () => radio.Api.BroadcastAsync(id), seen => seen.Played == seen.Should);
        await Assertions.Expect(page.Locator(".dots path.sounding")).ToHaveCountAsync(0, new() { Timeout = Patience });
        await pictures.TakeAsync(page, "heard");
    }

    [GeneratedRegex("/schedules/[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Schedule();

    [GeneratedRegex("/broadcasts/[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Broadcast();
}
