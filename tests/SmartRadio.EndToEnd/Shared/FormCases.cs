using System.Globalization;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>A case for each form of the program, in an order in which each finds what it needs.</summary>
internal sealed partial class FormCases(
    RadioProcess radio, ChromiumBrowser browser, IReadOnlyList<NodeAnswer> nodes, long area, IPage editor)
{
    private const string Secret = ".secret";
    private const string Codes = ".secret.code";
    private const string Stops = "a press of stop is carried out each time";

    public IReadOnlyList<FormCase> All =>
    [
        .. Bulletins(),
        .. Broadcasts(),
        .. Areas(),
        .. Lexicon(),
        .. Complaints(),
        .. Nodes(),
        .. People(),
        .. Releases(),
        .. Own(),
        .. SecondFactor(),
        .. Last(),
    ];

    private static Func<Task<string>> At(string address) => () => Task.FromResult(address);

    private IEnumerable<FormCase> Broadcasts() =>
    [
        new("/air air", At("/air?bulletin=1"), "/broadcasts/[0-9]+")
        {
            Fill = async page =>
            {
                await page.Locator($"input[name=areas][value='{area}']").CheckAsync();
                await page.Locator("input[name=when][value=at]").CheckAsync();
                await page.Locator("input[name=start]")
                    .FillAsync(VietnamTime.Of(DateTimeOffset.UtcNow.AddDays(1))
                    .ToString("yyyy-MM-dd'T12:07'", CultureInfo.InvariantCulture));
            },
        },
        new("/broadcasts/{id}/stop", async () => Address("/broadcasts/", (await radio.Api.BroadcastsAsync())[0].Id),
            "/broadcasts/[0-9]+") { Entries = (1, 2), Why = Stops },
        new("/broadcasts/{id}/restore", async () => Address("/broadcasts/", (await radio.Api.BroadcastsAsync())[0].Id),
            "/broadcasts/[0-9]+"),
        .. Schedules(),
        new("/stop-all", At("/stop"), "/stop") { Entries = (1, 2), Why = Stops },
    ];

    private IEnumerable<FormCase> Areas() =>
    [
        new("/areas/new area", At("/areas/new"), "/areas")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=level]").FillAsync("Xã");
                await page.Locator("input[name=name]").FillAsync("Thử");
                await page.Locator("input[name=code]").FillAsync("70707");
            },
        },
        new("/areas/{id} rules", At(Address("/areas/", area)), "/areas") { Fill = page =>
            page.Locator("input[name=minutes]").FillAsync("600") },
        new("/areas/{id}/exercise/begin", At(Address("/areas/", area)), "/areas/[0-9]+"),
        new("/areas/{id}/exercise/end", At(Address("/areas/", area)), "/areas/[0-9]+")
        {
            Tapped = "section button[formaction$='/exercise/end']",
        },
        new("/areas/{id}/stop", At(Address("/areas/", area)), "/areas/[0-9]+") { Entries = (1, 2), Why = Stops },
    ];

    private IEnumerable<FormCase> Lexicon() =>
    [
        new("/lexicon word", At(Address("/lexicon?area=", area)), "/lexicon\\?area=[0-9]+")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=written]").FillAsync("NVH");
                await page.Locator("input[name=spoken]").FillAsync("nhà văn hóa");
            },
        },
        new("/lexicon/words/{id}/remove", At(Address("/lexicon?area=", area)), "/lexicon\\?area=[0-9]+"),
    ];

    private IEnumerable<FormCase> Nodes()
    {
        var (page, leads) = ($"/nodes/{nodes[0].Id}", "/nodes/[0-9a-f]{16}");
        return
        [
            new("/nodes/new enrol", At("/nodes/new"), "/nodes/new")
            {
                ShownOnce = Secret,
                Fill = shown => shown.Locator("input[name=name]").FillAsync("Loa mới"),
                // The node and its code.
                Entries = (2, 2),
            },
            new("/nodes/{id} code", async () => $"/nodes/{await radio.Api.AddNodeAsync("Loa chờ", area)}",
                leads) { ShownOnce = Secret },
            new("/nodes/{id} volume", At(page), leads),
            new("/nodes/{id} data", At(page), leads) { Fill = shown => shown.Locator("input[name=low-data]").CheckAsync() },
            new("/nodes/{id}/chime", At(page), leads),
            new("/nodes/{id}/rotate", At(page), leads),
            new("/nodes/{id}/revoke", At($"/nodes/{nodes[1].Id}"), leads),
        ];
    }

    private IEnumerable<FormCase> People() =>
    [
        new("/people person", At("/people"), "/people")
        {
            ShownOnce = Secret,
            Fill = async page =>
            {
                await page.Locator("input[name=display-name]").FillAsync("Nguyễn Văn A");
                await page.Locator("input[name=user-name]").FillAsync("nva");
                await page.Locator("select[name=area]").SelectOptionAsync("all");
            },
        },
        new("/people/{id} role", PersonAsync, "/people/.+")
        {
            Fill = async page =>
            {
                await page.Locator("select[name=role]").SelectOptionAsync("Monitor");
                await page.Locator("select[name=area]").SelectOptionAsync(Address(string.Empty, area));
            },
        },
        new("/people/{id}/keys/{key}/revoke", () => PersonAsync("bientap"), "/people/.+"),
        new("/people/{id}/roles/{grantid}/take", PersonAsync, "/people/.+"),
        new("/people/{id} reset", PersonAsync, "/people/.+") { ShownOnce = Secret },
        new("/people/{id}/disable", PersonAsync, "/people/.+"),
        new("/people/{id} enable", PersonAsync, "/people/.+"),
    ];

    private IEnumerable<FormCase> Releases() =>
    [
        new("/releases release", At("/releases"), "/releases")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=version]").FillAsync("9.9");
                var program = radio.FileOf("app.pe");
                await File.WriteAllTextAsync(program, "NFMRK1 a program");
                await page.Locator("input[name=file]").SetInputFilesAsync(program);
            },
        },
        new("/releases rollout", At("/releases"), "/releases") { Fill = page =>
            page.Locator("input[name=first]").First.CheckAsync() },
        new("/rollouts/{id}/stop", At("/releases"), "/releases") { Why = Stops },
        new("/rollouts/{id}/continue", At("/releases"), "/releases"),
    ];

    private IEnumerable<FormCase> Own() =>
    [
        new("/keys key", At("/keys"), "/keys")
        {
            ShownOnce = Secret,
            Fill = async page =>
            {
                await page.Locator("input[name=name]").FillAsync("Máy khác");
                await page.Locator("input[name=roles]").First.CheckAsync();
            },
        },
        new("/keys/{id}/revoke", At("/keys"), "/keys"),
        new("/language", At("/more"), "/more")
        {
            Tapped = "main form[action='/language'] button[value=vi]", Entries = (0, 0),
            Why = "it changes a cookie of this browser",
        },
        new("/password password", At("/password"), "/account")
        {
            ShownOnce = string.Empty,
            // The new password, the end of the session before, and the new one.
            Entries = (3, 3),
            Fill = async page =>
            {
                await page.Locator("input[name=next]").FillAsync(radio.FirstAdministrator!.Value.Password);
            },
        },
        new("/account email", At("/account"), "/account")
        {
            Fill = page => page.Locator("input[name=email]").FillAsync("canbo@xa.example"),
        },
        new("/account sessions", OtherSessionAsync, "/account"),
    ];

    /// <summary>Of somebody who may switch it off again.</summary>
    private IEnumerable<FormCase> SecondFactor()
    {
        const string address = "/account/second-factor";
        static Task CodeAsync(IPage page, string form, string code) =>
            page.Locator($"form:has(> input[value={form}]) input[name=proof-code]").FillAsync(code);
        var recovery = string.Empty;
        async Task<string> ReadRecoveryAsync()
        {
            recovery = await editor.Locator(Codes + " li").First.InnerTextAsync();
            return address;
        }

        return
        [
            new($"{address} second-factor", At(address), address)
            {
                By = editor,
                ShownOnce = Codes,
                Entries = (3, 3),
                Fill = async page =>
                {
                    await page.Locator("input[name=code]")
                        .FillAsync(Totp.CodeOf(await page.Locator("input[name=key]").InputValueAsync()));
                },
            },
            // Each takes a code of those that the case before it has shown, which is an entry too.
            new($"{address} recovery-codes", ReadRecoveryAsync, address) { By = editor, ShownOnce = Codes,
                Entries = (2, 2), Fill = page => CodeAsync(page, "recovery-codes", recovery) },
            new($"{address} second-factor-off", ReadRecoveryAsync, "/account") { By = editor, ShownOnce = string.Empty,
                Entries = (4, 4), Fill = page => CodeAsync(page, "second-factor-off", recovery) },
        ];
    }

    private static IEnumerable<FormCase> Last() =>
    [
        new("/clock/confirm", At("/"), "/") { Untapped = "it is shown only while the machine's clock has jumped" },
        new("/sign-out", At("/more"), "/sign-in.*") { Tapped = "main button[formaction='/sign-out']", Entries = (1, 1),
            Why = "the session is over after the first" },
    ];

    private static string Address(string path, long id) => path + id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The page of the person whom the first case of people invites.</summary>
    private Task<string> PersonAsync() => PersonAsync("nva");

    private async Task<string> PersonAsync(string userName) =>
        $"/people/{(await radio.Api.PeopleAsync()).Single(person => person.UserName == userName).Id}";

    /// <summary>The administrator signs in on another device too.</summary>
    private async Task<string> OtherSessionAsync()
    {
        var page = await browser.OtherProfileAsync(radio.Address);
        await page.GotoAsync("/sign-in");
        await ChromiumBrowser.FillSignInAsync(page, radio);
        await Poll.UntilAsync("the other device is signed in", () => page.Url == radio.Address + "/");
        return "/account";
    }

    private Task<string> SoundAsync() => Speech.MakeAsync("Xin chào bà con.", radio.FileOf("tap.mp3"));
}
