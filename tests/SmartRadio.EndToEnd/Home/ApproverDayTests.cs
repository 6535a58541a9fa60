using System.Globalization;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Home;

/// <summary>
/// An approver's day on the real program: sees what waits, reads it, hears it to its end, approves one and returns one, and sees
/// where and when it goes on air. On a phone in Vietnamese, and at a dark desk in English. Its pictures stand in the guides.
/// </summary>
public sealed class ApproverDayTests
{
    private static readonly float Patience = (float)Poll.Patience.TotalMilliseconds;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bulletin_is_read_heard_approved_or_returned(bool phone)
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 3);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        var commune = (await radio.Api.AreasAsync()).First(area => area.ParentId is null);
        using var approver = await Visitor.InviteAsync(browser, radio, "duyet", "Approver", commune.Id);
        await radio.Api.WrittenAsync("Mời họp thôn", "Mời bà con họp lúc 7h30 ngày 20/11 tại nhà văn hóa thôn.", commune.Id);
        var good = await radio.Api.WrittenAsync("Lịch tiêm chủng", Speech.Announcement, commune.Id);
        await radio.Api.ScheduleAsync(
            good.Id, await radio.Api.NodesAsync(), VietnamTime.Ahead(TimeSpan.FromHours(5)), toleranceSeconds: 600);
        var page = approver.Page;
        await approver.UseAsync(phone);
        var pictures = new Pictures(radio, phone ? "approver-phone" : "approver-desk");

        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator(FormattableString.Invariant($"a[href='/bulletins/{good.Id}']"))).ToBeVisibleAsync();
        await page.Locator("a[href='/bulletins?state=waiting']").First.ClickAsync();
        await Assertions.Expect(page.Locator("a.row[href^='/bulletins/']")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("a.row .tag.number")).ToHaveCountAsync(1);
        await pictures.TakeAsync(page, "waiting");
        await page.Locator("a.row:has(.tag.number)").ClickAsync();
        await Assertions.Expect(page.Locator("#airings")).ToContainTextAsync((await radio.Api.NodesAsync())[0].Name);
        Assert.DoesNotContain(await radio.Api.BroadcastsAsync(), broadcast => broadcast.BulletinId == good.Id);
        await ApproveAsync(page, pictures);

        var aired = Assert.Single(await radio.Api.BroadcastsAsync(), broadcast => broadcast.BulletinId == good.Id);
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/broadcasts/{aired.Id}"));
        await Assertions.Expect(page.Locator(".dots path.waiting").First).ToBeAttachedAsync();
        await pictures.TakeAsync(page, "audience");

        await page.GotoAsync("/bulletins?state=waiting");
        await page.Locator("a.row[href^='/bulletins/']").ClickAsync();
        await page.Locator("textarea[name=remark]").FillAsync("Ghi rõ thôn nào.");
        await page.Locator("form:has(textarea[name=remark]) button").ClickAsync();
        await Assertions.Expect(page.GetByText("Ghi rõ thôn nào.").First).ToBeVisibleAsync();
        await pictures.TakeAsync(page, "returned");
        await page.GotoAsync("/bulletins?state=waiting");
        await Assertions.Expect(page.Locator("a.row[href^='/bulletins/']")).ToHaveCountAsync(0);
        Assert.Empty(browser.Errors);
    }

    /// <summary>Whoever has not listened is asked; the box is checked by hearing all of it.</summary>
    private static async Task ApproveAsync(IPage page, Pictures pictures)
    {
        await page.Locator("form details > summary").First.ClickAsync();
        await pictures.TakeAsync(page, "reading");
        await page.Locator("form:has(input[name=heard]) button.main").ClickAsync();
        await Assertions.Expect(page.Locator("button[name=unheard]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await pictures.TakeAsync(page, "asked");
        await page.EvaluateAsync("const audio = document.querySelector('audio'); audio.muted = true; audio.play()");
        await Assertions.Expect(page.Locator("input[data-listened]")).ToBeCheckedAsync(new() { Timeout = Patience });
        await page.Locator("form:has(input[name=heard]) button.main").ClickAsync();
        await Assertions.Expect(page.Locator("a.main[href^='/air?bulletin=']")).ToBeVisibleAsync(new() { Timeout = Patience });
        await pictures.TakeAsync(page, "approved");
    }
}
