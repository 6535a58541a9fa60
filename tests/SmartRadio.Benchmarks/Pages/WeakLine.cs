using System.Diagnostics;
using System.Text;
using Microsoft.Playwright;
using SmartRadio.Benchmarks.Demo;

namespace SmartRadio.Benchmarks.Pages;

/// <summary>A phone's browser, signed in, on a line as slow as a commune's may be.</summary>
internal sealed class WeakLine : IAsyncDisposable
{
    public const int KilobitsPerSecond = 400;
    public const int LatencyMilliseconds = 400;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _chromium;
    private readonly string _address;
    private readonly string _session;

    private WeakLine(IPlaywright playwright, IBrowser chromium, string address, string session) =>
        (_playwright, _chromium, _address, _session) = (playwright, chromium, address, session);

    /// <summary>Signs in with the printed password, and chooses another.</summary>
    public static async Task<WeakLine> OpenAsync(DemoSystem system)
    {
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium(),
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        var address = new Uri(system.Address, "/").ToString();
        await using var context = await chromium.NewContextAsync(new() { BaseURL = address });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name=name]").FillAsync(system.FirstUser);
        await page.Locator("input[type=password]").FillAsync(system.FirstPassword);
        await page.Locator("main button").First.ClickAsync();
        await page.Locator("input[name=proof]").FillAsync(system.FirstPassword);
        await page.Locator("input[name=next]").FillAsync($"đài xã {Guid.NewGuid():N}");
        await page.Locator("main button.main").ClickAsync();
        await page.Locator(".day").WaitForAsync();
        return new WeakLine(playwright, chromium, address, await context.StorageStateAsync());
    }

    /// <summary>Opens a page with an empty cache and again with a full one.</summary>
    public async Task<Loads> LoadAsync(string path)
    {
        await using var context = await ContextAsync();
        var page = await context.NewPageAsync();
        var line = await LineAsync(context, page);
        var (cold, response) = await LoadAsync(page, line, path);
        var html = Encoding.UTF8.GetByteCount(await response.TextAsync());
        await page.GotoAsync("about:blank");
        return new Loads(html, cold, (await LoadAsync(page, line, path)).Load);
    }

    /// <summary>Bytes that a page which stays open is sent in some time.</summary>
    public async Task<double> WatchAsync(string path, TimeSpan time)
    {
        await using var context = await ContextAsync();
        var page = await context.NewPageAsync();
        var line = await LineAsync(context, page);
        await LoadAsync(page, line, path);
        // The first picture of a live part comes with the page's stream.
        await Task.Delay(TimeSpan.FromSeconds(10));
        line.Streamed = 0;
        await Task.Delay(time);
        return line.Streamed;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
    }

    private static string Chromium()
    {
        using var which = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "command -v chromium"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
        return which.StandardOutput.ReadToEnd().Trim();
    }

    private static async Task<(Load Load, IResponse Response)> LoadAsync(IPage page, Line line, string path)
    {
        line.Loaded = 0;
        var response = await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        var milliseconds = await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventStart");
        return (new Load(line.Loaded, milliseconds / 1000), response!);
    }

    private static async Task<Line> LineAsync(IBrowserContext context, IPage page)
    {
        var devtools = await context.NewCDPSessionAsync(page);
        var line = new Line();
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["offline"] = false,
            ["latency"] = LatencyMilliseconds,
            ["downloadThroughput"] = KilobitsPerSecond * 1000 / 8,
            ["uploadThroughput"] = KilobitsPerSecond * 1000 / 8,
        });
        // A stream never finishes: what comes of it is told in pieces, what else comes in a sum.
        devtools.Event("Network.dataReceived").OnEvent += (_, data) =>
            line.Streamed += data!.Value.GetProperty("encodedDataLength").GetDouble();
        devtools.Event("Network.loadingFinished").OnEvent += (_, data) =>
            line.Loaded += data!.Value.GetProperty("encodedDataLength").GetDouble();
        return line;
    }

    // Its worker would load things besides.
    private Task<IBrowserContext> ContextAsync() => _chromium.NewContextAsync(new()
    {
        BaseURL = _address,
        StorageState = _session,
        ViewportSize = new() { Width = 360, Height = 740 },
        IsMobile = true,
        HasTouch = true,
        ServiceWorkers = ServiceWorkerPolicy.Block,
    });

    private sealed class Line
    {
        public double Loaded { get; set; }

        public double Streamed { get; set; }
    }
}
