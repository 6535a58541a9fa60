using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>A headless Chromium with a fresh profile, and one tab in it.</summary>
internal sealed partial class ChromiumBrowser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _chromium;
    private readonly Dictionary<IPage, ICDPSession> _devtools = [];

    private ChromiumBrowser(IPlaywright playwright, IBrowser chromium, IPage page)
    {
        _playwright = playwright;
        _chromium = chromium;
        Page = page;
        Page.PageError += (_, error) => Errors.Add(error);
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Errors.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the page's scripts and the browser complained of.</summary>
    public List<string> Errors { get; } = [];

    /// <param name="address">Where the program serves.</param>
    /// <param name="phone">A small screen, touched by fingers.</param>
    /// <param name="microphone">A WAV file that the microphone hears; null = there is none.</param>
    /// <param name="keepsOffline">The page for when nothing can be reached is installed; a slow line passes its worker by.</param>
    /// <param name="dark">Its owner likes light letters on a dark ground.</param>
    /// <param name="locale">The language that the browser itself speaks.</param>
    public static async Task<ChromiumBrowser> OpenAsync(
        string address, bool phone = false, string? microphone = null, bool keepsOffline = false, bool dark = false,
        string locale = "vi-VN")
    {
        var program = await ChildProcess.RunAsync("/bin/sh", "-c", "command -v chromium");
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = microphone is null
                ? Arguments
                : [
                    .. Arguments, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                    $"--use-file-for-fake-audio-capture={microphone}%noloop",
                ],
        });
        var context = await chromium.NewContextAsync(new()
        {
            BaseURL = address,
            Locale = locale,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = phone ? new() { Width = 360, Height = 740 } : new() { Width = 1280, Height = 800 },
            IsMobile = phone,
            HasTouch = phone,
            ServiceWorkers = keepsOffline ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Poll.Patience.TotalMilliseconds);
        return new ChromiumBrowser(playwright, chromium, page);
    }

    /// <summary>Signs in with what the program printed at its first start.</summary>
    public async Task SignInAsync(RadioProcess radio)
    {
        await Page.GotoAsync("/");
        await ArrivesAtAsync(SignInAddress());
        await FillSignInAsync(radio);
        await ArrivesAtAsync(InsideAddress());
        if (Page.Url.EndsWith("/password", StringComparison.Ordinal))
        {
            await ChoosePasswordAsync(radio);
        }

        await ArrivesAtAsync(HomeAddress());
    }

    /// <summary>The printed password is for the first sign-in: the administrator chooses another.</summary>
    private async Task ChoosePasswordAsync(RadioProcess radio)
    {
        const string next = "loa xóm Thượng 5 giờ";
        var (name, password) = radio.FirstAdministrator!.Value;
        await Page.Locator("input[name=proof]").FillAsync(password);
        await Page.Locator("input[name=next]").FillAsync(next);
        await Page.Locator("main button.main").ClickAsync();
        radio.FirstAdministrator = (name, next);
    }

    /// <summary>Fills and sends the sign-in form that is shown.</summary>
    public Task FillSignInAsync(RadioProcess radio) => FillSignInAsync(Page, radio);

    public static async Task FillSignInAsync(IPage page, RadioProcess radio)
    {
        var (name, password) = radio.FirstAdministrator ??= await radio.FirstAdministratorAsync();
        await page.GetByLabel("Tên đăng nhập").FillAsync(name);
        await page.GetByLabel("Mật khẩu").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
    }

    /// <summary>The session is over as if its time had run out.</summary>
    public Task EndSessionAsync() => Page.Context.ClearCookiesAsync(new() { Name = "sr-session" });

    /// <summary>As when a tab is left for another.</summary>
    public static Task HideAsync(IPage page) => page.EvaluateAsync(
        "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }); "
        + "document.dispatchEvent(new Event('visibilitychange')); delete document.visibilityState;");

    /// <summary>As when a tab is looked at again.</summary>
    public Task WakeAsync() => Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");

    /// <summary>
    /// Waits for an address, not for the page's load event: it comes once, and whoever asks just after it waits for ever.
    /// </summary>
    public static Task ArrivesAtAsync(IPage page, Regex address) =>
        Poll.UntilAsync($"the page is at {address}", () => address.IsMatch(page.Url));

    public Task ArrivesAtAsync(Regex address) => ArrivesAtAsync(Page, address);

    /// <summary>Has every answer to a tab come so late, in ms, as on a slow line; 0 = at once.</summary>
    public async Task SlowDownAsync(IPage page, int latency)
    {
        if (!_devtools.TryGetValue(page, out var devtools))
        {
            _devtools[page] = devtools = await page.Context.NewCDPSessionAsync(page);
            await devtools.SendAsync("Network.enable");
        }

        await devtools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["offline"] = false,
            ["latency"] = latency,
            ["downloadThroughput"] = -1,
            ["uploadThroughput"] = -1,
        });
    }

    /// <summary>A tab of its own profile in the same browser, in which nobody is signed in.</summary>
    public async Task<IPage> OtherProfileAsync(string address) =>
        await (await _chromium.NewContextAsync(new() { BaseURL = address, Locale = "vi-VN" })).NewPageAsync();

    /// <summary>Marks the page; a reload or another page has no mark.</summary>
    public Task MarkAsync() => MarkAsync(Page);

    public static Task MarkAsync(IPage page) => page.EvaluateAsync("window.marked = true");

    public Task<bool> IsMarkedAsync() => Page.EvaluateAsync<bool>("window.marked === true");

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
    }

    [GeneratedRegex("/sign-in", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignInAddress();

    [GeneratedRegex("^https?://[^/]+/(password)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InsideAddress();

    [GeneratedRegex("^https?://[^/]+/$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HomeAddress();
}
