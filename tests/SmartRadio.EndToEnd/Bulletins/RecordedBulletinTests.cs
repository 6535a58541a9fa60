using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Bulletins;

/// <summary>A bulletin is spoken into the browser's microphone, and another person approves it.</summary>
public sealed partial class RecordedBulletinTests
{
    /// <summary>Taps twice before the browser gives the microphone, and tells how often it was asked for.</summary>
    private const string TapTwice =
        """
        () => {
          const devices = navigator.mediaDevices, ask = devices.getUserMedia.bind(devices);
          let asked = 0;
          devices.getUserMedia = wish => { asked++; return ask(wish); };
          const button = document.querySelector('[data-act=start][data-in=idle]');
          button.click();
          button.click();
          return asked;
        }
        """;

    [Fact]
    public async Task Recording_is_kept_until_the_server_has_it_and_another_approves_it()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await radio.Api.AddAreaAsync("A", "An Bình", "Xã");
        var spoken = radio.FileOf("micro.wav");
        await ChildProcess.RunAsync("espeak-ng", "-v", "vi", "-s", "150", "-w", spoken, Speech.Announcement);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true, microphone: spoken);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        await page.GotoAsync("/bulletins/new");

        await RecordAsync(page, seconds: 4);
        // The tab is closed, or the line is: what was recorded is there again.
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".recorder [data-kept]")).ToBeVisibleAsync();
        await Poll.UntilAsync(
            "the recording can be heard", async () =>
                await page.EvaluateAsync<bool>("document.querySelector('[data-heard]').readyState >= 1"));
        await page.Locator("input[name=title]").FillAsync("Tin ghi âm");
        await page.Locator("form:has(input[name=title]) > button.main").ClickAsync();
        await browser.ArrivesAtAsync(Bulletin());

        var made = (await radio.Api.BulletinsAsync())[0];
        Assert.InRange(made.LengthSeconds, 3, 9);
        await page.GotoAsync("/bulletins/new");
        await Assertions.Expect(page.Locator("[data-act=start][data-in=idle]")).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelector('form input[type=file]').files.length"));
        await PlayAsync(page);
        await ApproveAsync(browser, radio, made.Id);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Recording_is_its_speakers_own_and_goes_with_the_upload_alone()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        var spoken = radio.FileOf("micro.wav");
        await ChildProcess.RunAsync("espeak-ng", "-v", "vi", "-w", spoken, Speech.Announcement);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, microphone: spoken);
        await browser.SignInAsync(radio);
        using var other = await Visitor.InviteAsync(browser, radio, "bientap", "Editor", area: null);
        var old = await radio.Api.UploadedAsync(await Speech.MakeAsync(Speech.Announcement, radio.FileOf("cũ.mp3"), seconds: 2));
        var page = browser.Page;
        await page.GotoAsync("/bulletins/new");
        await RecordAsync(page, seconds: 2);

        // The session ends, and somebody else uses the phone.
        await browser.EndSessionAsync();
        await SignInAsync(page, "bientap", Visitor.Password);
        await page.GotoAsync("/bulletins/new");
        await RecordAsync(page, seconds: 1);
        await page.Locator("[data-act=discard]").ClickAsync();
        await browser.EndSessionAsync();

        var (name, password) = radio.FirstAdministrator!.Value;
        await SignInAsync(page, name, password);
        await page.GotoAsync(FormattableString.Invariant($"/bulletins/new?from={old.Id}"));
        await Assertions.Expect(page.Locator(".recorder [data-kept]")).ToBeVisibleAsync();
        await page.Locator("form:has(input[name=title]) > button.main").ClickAsync();
        await browser.ArrivesAtAsync(Bulletin());
        await page.GotoAsync("/bulletins/new");
        await Assertions.Expect(page.Locator("[data-act=start][data-in=idle]")).ToBeVisibleAsync();
        Assert.Equal("0", await page.EvaluateAsync<string>(
            "recordings('readonly', pieces => pieces.count()).then(count => String(count))"));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Recording_that_outlasts_the_server_is_sent_once_it_is_back()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        var spoken = radio.FileOf("micro.wav");
        await ChildProcess.RunAsync("espeak-ng", "-v", "vi", "-w", spoken, Speech.Announcement);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true, microphone: spoken);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        await page.GotoAsync("/bulletins/new");
        await page.Locator("[data-act=start][data-in=idle]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-time]")).ToHaveTextAsync("0:01");
        await radio.Process.KillAsync(children: true);
        await Assertions.Expect(page.Locator("[data-time]")).ToHaveTextAsync("0:03", new() { Timeout = 30_000 });
        await page.Locator("[data-act=stop]").ClickAsync();
        await page.Locator("input[name=title]").FillAsync("Tin ghi khi mất máy chủ");
        var send = page.Locator("form:has(input[name=title]) > button.main");

        await send.ClickAsync();
        await Assertions.Expect(page.Locator("#sound [data-progress] [data-text]")).ToContainTextAsync("Mất kết nối");
        await radio.StartAsync();
        await send.ClickAsync();

        await browser.ArrivesAtAsync(Bulletin());
        Assert.InRange(Assert.Single(await radio.Api.BulletinsAsync()).LengthSeconds, 2, 8);
    }

    [Fact]
    public async Task Recording_can_pause_and_be_thrown_away()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        var spoken = radio.FileOf("micro.wav");
        await ChildProcess.RunAsync("espeak-ng", "-v", "vi", "-w", spoken, Speech.Announcement);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, microphone: spoken);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        await page.GotoAsync("/bulletins/new");

        Assert.Equal(1, await page.EvaluateAsync<int>(TapTwice));
        await Assertions.Expect(page.Locator("[data-time]")).ToHaveTextAsync("0:02");
        await page.Locator("[data-act=pause]").ClickAsync();
        await page.Locator("[data-act=resume]").ClickAsync();
        await page.Locator("[data-act=stop]").ClickAsync();
        await page.Locator("[data-act=discard]").ClickAsync();

        await Assertions.Expect(page.Locator("[data-act=start][data-in=idle]")).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelector('form input[type=file]').files.length"));
        Assert.Empty(browser.Errors);
        await CheckRefusedAsync(page);
    }

    /// <summary>What scripts do of a page they do after a refusal too.</summary>
    private static async Task CheckRefusedAsync(IPage page)
    {
        await page.Locator("input[name=spoken-title]").FillAsync(" ");
        await page.Locator("textarea[name=text]").FillAsync("Xin chào");
        await ChromiumBrowser.MarkAsync(page);
        await page.Locator("form:has(textarea[name=text]) button.main").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.marked"), "the form was sent without script");

        await Assertions.Expect(page.Locator("[data-act=start][data-in=idle]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input[type=file] + .file")).ToHaveTextAsync("Chọn tệp…");
        await page.Locator("textarea[name=text]").FillAsync("Xin chào bà con");
        await ChromiumBrowser.HideAsync(page);
        await Assertions.Expect(page.Locator("[data-draft-state]")).Not.ToBeEmptyAsync();
    }

    /// <summary>The button in the list is as large as a finger, and says whether it sounds.</summary>
    private static async Task PlayAsync(IPage page)
    {
        await page.GotoAsync("/bulletins");
        var button = page.Locator(".play");
        await Assertions.Expect(button).ToBeVisibleAsync();
        var box = (await button.BoundingBoxAsync())!;
        Assert.InRange(Math.Min(box.Width, box.Height), 44, 60);
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
    }

    /// <summary>An approver approves it unheard, when asked, and another bulletin after having heard it.</summary>
    private static async Task ApproveAsync(ChromiumBrowser browser, RadioProcess radio, long unheard)
    {
        var heard = await radio.Api.UploadedAsync(
            await Speech.MakeAsync(Speech.Announcement, radio.FileOf("heard.mp3"), seconds: 3));
        using var approver = await Visitor.InviteAsync(browser, radio, "duyet", "Approver", area: null);
        var page = approver.Page;
        var listened = page.Locator("input[name=listened]");
        var approved = page.Locator("a[href^='/air?']");
        await page.GotoAsync(FormattableString.Invariant($"/bulletins/{unheard}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Duyệt bản tin", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("chưa nghe hết");
        await Assertions.Expect(page.Locator("[data-wave].live")).ToHaveCountAsync(1);
        await page.Locator("button[name=unheard]").ClickAsync();
        await Assertions.Expect(approved).ToBeVisibleAsync();

        await page.GotoAsync(FormattableString.Invariant($"/bulletins/{heard.Id}"));
        await Assertions.Expect(listened).Not.ToBeCheckedAsync();
        await page.EvaluateAsync("document.querySelector('[data-wave] audio').play()");
        await Assertions.Expect(listened).ToBeCheckedAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Duyệt bản tin", Exact = true }).ClickAsync();
        await Assertions.Expect(approved).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, string name, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Tên đăng nhập").FillAsync(name);
        await page.GetByLabel("Mật khẩu").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
        await ChromiumBrowser.ArrivesAtAsync(page, Home());
    }

    private static async Task RecordAsync(IPage page, int seconds)
    {
        await page.Locator("[data-act=start][data-in=idle]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-time]")).ToHaveTextAsync($"0:0{seconds}", new() { Timeout = 30_000 });
        await page.Locator("[data-act=stop]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-heard]")).ToBeVisibleAsync();
    }

    [GeneratedRegex("^https?://[^/]+/$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Home();

    [GeneratedRegex("/bulletins/[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bulletin();
}
