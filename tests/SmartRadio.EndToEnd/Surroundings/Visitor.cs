using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>What somebody meets who follows all links.</summary>
/// <param name="Pages">Addresses without their queries.</param>
/// <param name="Forms">Names as "/nodes/{id} volume" and, of buttons, "/nodes/{id}/chime".</param>
internal sealed record Walk(IReadOnlyCollection<string> Pages, IReadOnlyCollection<string> Forms)
{
    /// <summary>The ids of pages below a path, for example of "/nodes/".</summary>
    public IEnumerable<string> Below(string path) =>
        from page in Pages
        where page.StartsWith(path, StringComparison.Ordinal) && page != path + "new"
        select page[path.Length..];
}

/// <summary>Somebody who was invited, with a profile of the browser and an API key.</summary>
internal sealed partial class Visitor : IDisposable
{
    public const string Password = "loa phường em hay";

    private Visitor(IPage page, RadioApi api) => (Page, Api) = (page, api);

    public IPage Page { get; }

    public RadioApi Api { get; }

    /// <summary>The first administrator invites a person, who chooses a password and makes a key.</summary>
    /// <param name="browser">Shows the administrator's pages.</param>
    /// <param name="radio">The program.</param>
    /// <param name="userName">To sign in with.</param>
    /// <param name="role">A role's name in the form.</param>
    /// <param name="area">Where; null = everywhere.</param>
    public static async Task<Visitor> InviteAsync(
        ChromiumBrowser browser, RadioProcess radio, string userName, string role, long? area)
    {
        var admin = browser.Page;
        await admin.GotoAsync("/people");
        await admin.Locator("input[name=display-name]").FillAsync("Người " + userName);
        await admin.Locator("input[name=user-name]").FillAsync(userName);
        await admin.Locator("select[name=role]").SelectOptionAsync(role);
        await admin.Locator("select[name=area]")
            .SelectOptionAsync(area?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "all");
        await admin.Locator("form:has(input[name=user-name]) button.main").ClickAsync();
        var link = await admin.Locator(".secret").InnerTextAsync();

        var page = await browser.OtherProfileAsync(radio.Address);
        await page.GotoAsync(link);
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("main button.main").ClickAsync();
        await ChromiumBrowser.ArrivesAtAsync(page, Home());
        await page.GotoAsync("/keys");
        await page.Locator("main input[name=name]").FillAsync("Máy");
        await page.Locator("main input[name=roles]").CheckAsync();
        await page.Locator("main button.main").ClickAsync();
        return new Visitor(page, new RadioApi(radio.Address, await page.Locator(".secret").InnerTextAsync()));
    }

    /// <summary>Goes on at a phone in Vietnamese, or at a dark desk in English.</summary>
    public async Task UseAsync(bool phone)
    {
        await Page.SetViewportSizeAsync(phone ? 360 : 1200, phone ? 740 : 850);
        if (!phone)
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await Page.GotoAsync("/");
            await Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
            await Assertions.Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        }
    }

    /// <summary>Follows every link from the first page on. None may lead to a refusal.</summary>
    public async Task<Walk> WalkAsync()
    {
        var (pages, forms) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var open = new Queue<string>(["/"]);
        while (open.TryDequeue(out var address))
        {
            if (!pages.Add(address))
            {
                continue;
            }

            var answer = await Page.GotoAsync(address);
            Assert.True(answer!.Ok, $"{address}: {answer.Status}");
            forms.UnionWith((await AllAsync("button[formaction]", "formaction")).Select(Generic));
            forms.UnionWith(
                (await AllAsync("form:has(input[name=once]) > input[name=_handler]", "value")).Select(
                    form => $"{Generic(address)} {form}"));
            var links = await AllAsync("a[href^='/']:not([href$='.json'], [download])", "href");
            links.Select(link => link.Split('?', '#')[0]).ToList().ForEach(open.Enqueue);
        }

        return new Walk(pages, forms);
    }

    /// <summary>Sends a form with a token of an own page, whether or not a page holds it.</summary>
    /// <returns>Status and the sentence of the answer.</returns>
    public async Task<(int Status, string Sentence)> ForgeAsync(string path, string? form = null)
    {
        await Page.GotoAsync("/more");
        var answer = await Page.RunAndWaitForResponseAsync(
            () => Page.EvaluateAsync(
                "([path, name]) => { const form = document.getElementById('actions'); form.action = path; "
                + "if (name) { const field = document.createElement('input'); field.name = '_handler'; field.value = name; form.append(field); } form.submit(); }",
                new[] { path, form }),
            response => response.Request.Method == "POST");
        var alert = Page.Locator("[role=alert]");
        await Poll.UntilAsync($"{path} is answered", async () => await alert.CountAsync() > 0);
        return (answer.Status, await alert.First.InnerTextAsync());
    }

    public void Dispose() => Api.Dispose();

    private async Task<string[]> AllAsync(string selector, string attribute) => await Page.EvaluateAsync<string[]>(
        "([selector, attribute]) => [...document.querySelectorAll(selector)].map(each => each.getAttribute(attribute))",
        new[] { selector, attribute });

    private static string Generic(string address) => Id().Replace(address, "{id}");

    [GeneratedRegex("^https?://[^/]+/$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Home();

    [GeneratedRegex(
        "(?<=/)([0-9]+|[0-9a-f]{16}|[0-9a-f-]{36})(?=/|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
