using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>What was typed stays until the server has taken the form, in a real browser.</summary>
public sealed partial class KeptTextTests
{
    private const string Text = "Kính thưa bà con, chiều nay trạm bơm số hai đóng nước.";

    [Fact]
    public async Task Text_survives_an_ended_session_and_goes_once_it_was_taken()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        var page = await TypeAsync(browser);
        await browser.EndSessionAsync();
        await SpeakButton(page).ClickAsync();
        await browser.ArrivesAtAsync(SignIn());
        await browser.FillSignInAsync(radio);
        await browser.ArrivesAtAsync(NewBulletin());

        await Assertions.Expect(page.Locator("textarea[name=text]")).ToHaveValueAsync(Text);
        await Assertions.Expect(page.Locator(".kept")).ToContainTextAsync("Đã lấy lại");
        await SpeakButton(page).ClickAsync();
        await browser.ArrivesAtAsync(Made());
        await page.GotoAsync("/bulletins/new");
        await Assertions.Expect(page.Locator("textarea[name=text]")).ToHaveValueAsync(string.Empty);
        await Assertions.Expect(page.Locator(".kept")).ToHaveCountAsync(0);

        await GoOnWithDraftsAsync(page);
        // The first page keeps the day, and keeps it again when it is left: not when somebody signs out on it.
        await page.GotoAsync("/");
        Assert.Contains("today", await page.EvaluateAsync<string[]>("Object.keys(localStorage)"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất" }).ClickAsync();
        await browser.ArrivesAtAsync(SignIn());
        Assert.Equal("{}", await page.EvaluateAsync<string>("JSON.stringify(localStorage)"));
    }

    [Fact]
    public async Task Text_survives_a_dead_server_and_a_closed_page_and_can_be_discarded()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        var page = await TypeAsync(browser);
        await page.Locator("form:has(input[value=upload]) input[name=title]").FillAsync("Tin có tệp");
        await radio.Process.KillAsync(children: true);
        await SpeakButton(page).ClickAsync();
        await page.GotoAsync("about:blank");
        await radio.StartAsync();

        await page.GotoAsync("/bulletins/new");
        await Assertions.Expect(page.Locator("textarea[name=text]")).ToHaveValueAsync(Text);
        await Assertions.Expect(page.Locator("form:has(input[value=upload]) .kept")).ToContainTextAsync("Tệp thì phải chọn lại");
        var line = page.Locator("form:has(textarea) .kept");
        await line.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("textarea[name=text]")).ToHaveValueAsync(string.Empty);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("textarea[name=text]")).ToHaveValueAsync(string.Empty);
        await Assertions.Expect(page.Locator("form:has(input[value=upload]) input[name=title]")).ToHaveValueAsync("Tin có tệp");
    }

    [Fact]
    public async Task Text_survives_Back_and_never_holds_passwords_or_confirmations()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        await page.GotoAsync("/people");
        await page.Locator("input[name=display-name]").FillAsync("Nguyễn Văn A");
        await page.GotoAsync("/password");
        await page.Locator("input[name=next]").FillAsync("rất là bí mật 1");
        await page.GotoAsync("/air");
        await page.Locator("input[name=class][value=emergency]").CheckAsync();
        await page.Locator("input[name=areas]").First.CheckAsync();
        await page.Locator("input[name=sure]").CheckAsync();
        await page.GotoAsync("/more");
        Assert.DoesNotContain(
            "bí mật", await page.EvaluateAsync<string>("JSON.stringify(localStorage)"), StringComparison.Ordinal);

        await page.GoBackAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("input[name=areas]").First).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("input[name=sure]")).Not.ToBeCheckedAsync();
        Assert.False(await Accessibility.IsTooWideAsync(page), "wider than the screen");
        await page.EvaluateAsync(
            "() => { const wide = document.createElement('div'); document.body.append(wide); "
            + "wide.style.width = '600px'; wide.style.height = '1px'; }");
        Assert.True(await Accessibility.IsTooWideAsync(page), "what is too wide is not seen");
        await page.GotoAsync("/people");
        await Assertions.Expect(page.Locator("input[name=display-name]")).ToHaveValueAsync("Nguyễn Văn A");
        await page.GotoAsync("/password");
        await Assertions.Expect(page.Locator("input[name=next]")).ToHaveValueAsync(string.Empty);
        await page.GotoAsync("/more");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Đăng xuất" }).ClickAsync();
        await browser.ArrivesAtAsync(SignIn());
        Assert.Equal("{}", await page.EvaluateAsync<string>("JSON.stringify(localStorage)"));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task More_fields_open_by_themselves_only_where_something_was_changed()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        var (more, look) = (page.Locator("details:has(input[name=class])"), page.Locator("form:has(input[name=recurrence]) button.main"));
        await page.GotoAsync("/schedules/new?bulletin=1");
        await page.Locator("input[name=areas]").First.CheckAsync();
        await page.Locator("input[name=times]").First.FillAsync("06:10");
        await look.ClickAsync();
        await page.Locator("#outlook").WaitForAsync();
        await Assertions.Expect(page.Locator("input[name=times]").First).ToHaveValueAsync("06:10");
        await Assertions.Expect(more).Not.ToHaveAttributeAsync("open", string.Empty);

        await more.Locator("summary").ClickAsync();
        await page.Locator("input[name=repeats]").FillAsync("2");
        await page.GotoAsync("/schedules/new?bulletin=1");
        await Assertions.Expect(page.Locator("input[name=repeats]")).ToHaveValueAsync("2");
        await Assertions.Expect(more).ToHaveAttributeAsync("open", string.Empty);
        Assert.Empty(browser.Errors);
    }

    /// <summary>One text is one draft, which the browser does not keep as well, and its newest words are shown.</summary>
    private static async Task GoOnWithDraftsAsync(IPage page)
    {
        var (text, state) = (page.Locator("textarea[name=text]"), page.Locator("[data-draft-state]"));
        var draft = page.Locator("a[href*='?draft=']");
        await text.FillAsync(Text);
        // Whoever leaves the page has it saved.
        await Poll.UntilAsync("the draft is there", async () =>
        {
            await page.GotoAsync("/bulletins");
            return await draft.CountAsync() == 1;
        });
        await page.GotoAsync("/bulletins/new");
        await Assertions.Expect(text).ToHaveValueAsync(string.Empty);

        await text.FillAsync("Một tin khác.");
        await ChromiumBrowser.HideAsync(page);
        await Assertions.Expect(state).Not.ToBeEmptyAsync();
        await Poll.UntilAsync("the page shows the draft", () => OneDraft().IsMatch(page.Url));
        Assert.DoesNotContain(
            await page.EvaluateAsync<string[]>("Object.keys(localStorage)"),
            key => key.StartsWith("kept:", StringComparison.Ordinal));
        var address = page.Url;
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem cách đọc" }).ClickAsync();
        await Assertions.Expect(page.Locator("#reading")).ToBeVisibleAsync();
        Assert.Equal(address + "#reading", page.Url);

        await page.GotoAsync("/bulletins");
        await Assertions.Expect(draft).ToHaveCountAsync(2);
        // Kept here an hour ago; the draft was gone on with since.
        await page.EvaluateAsync(
            "key => localStorage.setItem(`kept:${document.querySelector('main').dataset.person} ${key}#speech`, "
            + "JSON.stringify({ at: Date.now() - 3600000, values: { text: ['Cũ'] } }))", new Uri(address).PathAndQuery);
        await page.GotoAsync(address);
        await Assertions.Expect(text).ToHaveValueAsync("Một tin khác.");
    }

    private static async Task<IPage> TypeAsync(ChromiumBrowser browser)
    {
        await browser.Page.GotoAsync("/bulletins/new");
        await browser.Page.Locator("input[name=spoken-title]").FillAsync("Trạm bơm");
        await browser.Page.Locator("textarea[name=text]").FillAsync(Text);
        return browser.Page;
    }

    private static ILocator SpeakButton(IPage page) => page.Locator("form:has(textarea) button.main");

    [GeneratedRegex("/sign-in", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignIn();

    [GeneratedRegex("/bulletins/new$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NewBulletin();

    [GeneratedRegex("/bulletins/new\\?draft=[0-9a-f]{16}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneDraft();

    [GeneratedRegex("/bulletins/[0-9]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Made();
}
