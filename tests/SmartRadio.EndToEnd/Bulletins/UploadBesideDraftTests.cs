using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Bulletins;

/// <summary>The page of a new bulletin has two forms, and its address changes once a text is kept as a draft.</summary>
public sealed partial class UploadBesideDraftTests
{
    [Fact]
    public async Task Sound_is_uploaded_after_a_text_beside_it_became_a_draft()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 0);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        await browser.SignInAsync(radio);
        var page = browser.Page;
        var broken = radio.FileOf("hỏng.mp3");
        await File.WriteAllTextAsync(broken, "no sound");
        var (title, text) = (page.Locator("input[name=title]"), page.Locator("textarea[name=text]"));
        await page.GotoAsync("/bulletins/new");
        await title.FillAsync("Tin có tệp");
        await text.FillAsync("Bản nháp bên trên.");
        await ChromiumBrowser.HideAsync(page);
        await Poll.UntilAsync("the page shows the draft", () => page.Url.Contains("?draft=", StringComparison.Ordinal));

        await page.Locator("input[type=file]").SetInputFilesAsync(broken);
        await SendButton(page).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(text).ToHaveValueAsync("Bản nháp bên trên.");
        await Assertions.Expect(title).ToHaveValueAsync("Tin có tệp");
        await page.Locator("input[type=file]").SetInputFilesAsync(
            await Speech.MakeAsync(Speech.Announcement, radio.FileOf("tin.mp3"), seconds: 3));
        await SendButton(page).ClickAsync();
        await browser.ArrivesAtAsync(Bulletin());

        Assert.Single(await radio.Api.BulletinsAsync());
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Tin có tệp");
        await page.GotoAsync("/bulletins/new");
        await Assertions.Expect(title).ToHaveValueAsync(string.Empty);
        await page.GotoAsync("/bulletins");
        await page.Locator("a[href*='?draft=']").ClickAsync();
        await Assertions.Expect(text).ToHaveValueAsync("Bản nháp bên trên.");
        Assert.DoesNotContain(browser.Errors, error => !error.Contains("422", StringComparison.Ordinal));
    }

    private static ILocator SendButton(IPage page) => page.Locator("form:has(input[name=title]) > button.main");

    [GeneratedRegex("/bulletins/[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bulletin();
}
