using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Home;

/// <summary>
/// A monitor's day on the real program: sees which loudspeaker is off-line since when and what was not heard, and answers a
/// complaint. On a phone in Vietnamese, and at a dark desk in English. Its pictures stand in the guides.
/// </summary>
public sealed class MonitorDayTests
{
    private static readonly float Patience = (float)Poll.Patience.TotalMilliseconds;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Faults_are_seen_and_a_complaint_is_answered(bool phone)
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 3);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        var commune = (await radio.Api.AreasAsync()).First(area => area.ParentId is null);
        using var monitor = await Visitor.InviteAsync(browser, radio, "giamsat", "Monitor", commune.Id);
        var lost = await radio.Api.EnrolAsync("Loa nhà văn hóa", commune.Id);
        await using (var device = await NodeProcess.StartAsync(radio, lost))
        {
            await radio.NodesOnlineAsync(4);
            await device.KillAsync(children: true);
        }

        await radio.NodesOnlineAsync(3);
        var bulletin = await radio.Api.SpokenAsync("Lịch tiêm chủng", Speech.Announcement);
        var aired = await radio.Api.AirAsync(bulletin.Id, "normal", await radio.Api.NodesAsync());
        await radio.Api.ComplainAsync(lost.Id, "silent", "Sáng nay loa không kêu");
        await Poll.UntilAsync("it is over", () => radio.Api.BroadcastAsync(aired.Id), seen => seen.Played == 3);
        var page = monitor.Page;
        await monitor.UseAsync(phone);
        var pictures = new Pictures(radio, phone ? "monitor-phone" : "monitor-desk");

        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("a.row[href^='/broadcasts/']").First).ToBeVisibleAsync(new() { Timeout = Patience });
        await Assertions.Expect(page.Locator($"a.row[href='/nodes/{lost.Id}']")).ToBeVisibleAsync(new() { Timeout = Patience });
        await pictures.TakeAsync(page, "home");
        await page.Locator("a.row[href^='/broadcasts/']").First.ClickAsync();
        await Assertions.Expect(page.Locator(".dots").First).ToBeVisibleAsync();
        await pictures.TakeAsync(page, "not-heard");
        await page.GotoAsync($"/nodes/{lost.Id}");
        await pictures.TakeAsync(page, "off-line");
        await AnswerAsync(page, pictures);
        Assert.Empty(browser.Errors);
    }

    private static async Task AnswerAsync(IPage page, Pictures pictures)
    {
        await page.GotoAsync("/");
        await page.Locator("a[href='/complaints?state=Waiting']").First.ClickAsync();
        await page.GetByText("Sáng nay loa không kêu").ClickAsync();
        await page.Locator("textarea[name=answer]").FillAsync("Loa mất điện, đã báo thợ.");
        await pictures.TakeAsync(page, "complaint");
        await page.Locator("main form button.main").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("section.card p").First).ToContainTextAsync("đã báo thợ");
        await pictures.TakeAsync(page, "answered");
    }
}
