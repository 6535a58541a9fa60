using Microsoft.Playwright;

namespace SmartRadio.EndToEnd.Shared;

/// <content>Bulletins, and what they are made of.</content>
internal sealed partial class FormCases
{
    private IEnumerable<FormCase> Bulletins() =>
    [
        new("/bulletins/new upload", At("/bulletins/new"), "/bulletins/[0-9]+")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=title]").FillAsync("Tin bấm hai lần");
                await page.Locator("input[name=file]").SetInputFilesAsync(await SoundAsync());
            },
        },
        new("/bulletins/new speech", At("/bulletins/new"), "/bulletins/[0-9]+")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=spoken-title]").FillAsync("Tin đọc");
                await page.Locator("textarea[name=text]").FillAsync("Xin chào bà con.");
            },
        },
        new("/bulletins/{id} trim", async () =>
            Address("/bulletins/", (await radio.Api.UploadedAsync(await SoundAsync())).Id), "/bulletins/[0-9]+")
        {
            Fill = page => page.Locator("input[name=keep-from]").FillAsync("2.2"),
        },
        new("/bulletins/{id}/languages language", async () =>
            Address("/bulletins/", (await radio.Api.UploadedAsync(await SoundAsync())).Id) + "/languages", "/bulletins/[0-9]+")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=language]").FillAsync("Cơ Tu");
                await page.Locator("input[name=file]").SetInputFilesAsync(await SoundAsync());
            },
        },
        new("/bulletins/{id}/languages speech", async () =>
            Address("/bulletins/", (await radio.Api.UploadedAsync(await SoundAsync())).Id) + "/languages", "/bulletins/[0-9]+")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=spoken-language]").FillAsync("Ba Na");
                await page.Locator("textarea[name=text]").FillAsync("Xin chào bà con.");
            },
        },
        new("/bulletins/{id} approve", async () =>
            Address("/bulletins/", (await radio.Api.UploadedAsync(await SoundAsync())).Id), "/bulletins/[0-9]+"),
        new("/bulletins/{id} return", async () =>
            Address("/bulletins/", (await radio.Api.UploadedAsync(await SoundAsync())).Id), "/bulletins/[0-9]+")
        {
            Fill = page => page.Locator("textarea[name=remark]").FillAsync("Nói rõ ngày giờ."),
        },
        new("/bulletins/{id} withdraw", async () =>
            Address("/bulletins/", (await radio.Api.ApprovedAsync(await SoundAsync())).Id), "/bulletins/[0-9]+"),
        new("/bulletins/{id} delete", async () =>
            Address("/bulletins/", (await radio.Api.UploadedAsync(await SoundAsync())).Id), "/bulletins"),
        new("/templates template", At("/templates"), "/templates")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=title]").FillAsync("Chợ phiên");
                await page.Locator("textarea[name=text]").FillAsync("Chợ họp ngày [ngày].");
            },
        },
        new("/templates/{id}/remove", At("/templates"), "/templates"),
        new("/groups group", At("/groups"), "/groups")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=name]").FillAsync("Trường học");
                await page.Locator($"input[name=nodes][value='{nodes[0].Id}']").CheckAsync();
            },
        },
        new("/groups/{id}/remove", At("/groups"), "/groups"),
        new("/drafts/{key}", At("/bulletins/new"), string.Empty) { Untapped = "a script saves what is typed, again and again" },
        new("/drafts/{key}/discard", DraftedAsync, "/bulletins"),
        new("/programmes/new programme", At("/programmes/new"), "/bulletins/[0-9]+")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=title]").FillAsync("Chương trình thử");
                await page.Locator("[data-members] input").First.FillAsync("1");
            },
        },
    ];

    private async Task<string> DraftedAsync()
    {
        await browser.Page.GotoAsync("/bulletins/new");
        await browser.Page.Locator("input[name=spoken-title]").FillAsync("Tin dở dang");
        await browser.Page.Locator("button[name=show][value=draft]").ClickAsync();
        await Assertions.Expect(browser.Page.Locator("main .notice.good")).ToBeVisibleAsync();
        return "/bulletins";
    }
}
