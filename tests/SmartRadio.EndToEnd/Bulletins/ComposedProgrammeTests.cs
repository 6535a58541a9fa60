using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Bulletins;

/// <summary>An officer writes, trims, joins and hears on a phone.</summary>
public sealed partial class ComposedProgrammeTests
{
    [Fact]
    public async Task Bulletins_are_written_trimmed_on_the_waveform_joined_and_heard()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        var page = browser.Page;
        await browser.SignInAsync(radio);

        var first = await WriteAsync(page, "Tin thứ nhất");
        var whole = await SecondsOfAsync(radio, first);
        Assert.Equal(whole, await HeardAsync(page), 0.15);
        await Assertions.Expect(page.Locator(".parts li")).ToContainTextAsync(["Chuông ba tiếng", "Lời"]);
        var opening = await ValueAsync(page, "keep-from");
        var (from, to) = await TrimAsync(page, 0.6, 0.9);
        Assert.Equal(whole * 0.6, from, 0.2);
        Assert.Equal(whole * 0.9, to, 0.2);
        var trimmed = await SecondsOfAsync(radio, first);
        Assert.Equal(opening + to - from, trimmed, 0.01);
        Assert.Equal(trimmed, await HeardAsync(page), 0.15);
        await ApproveAsync(page);

        var programme = await JoinAsync(page, first, 1);
        var joined = await SecondsOfAsync(radio, programme);
        Assert.Equal(joined, await HeardAsync(page), 0.15);
        Assert.Equal(2, await page.Locator(".parts a[href^='/bulletins/']").CountAsync());
        await PlaysAsync(page);
        Assert.Empty(browser.Errors);
    }

    private static async Task<long> WriteAsync(IPage page, string title)
    {
        await page.GotoAsync("/bulletins/new");
        await page.Locator("input[name=spoken-title]").FillAsync(title);
        await page.Locator("textarea[name=text]").FillAsync(Speech.Announcement);
        await page.Locator("select[name=voice]").SelectOptionAsync("south-female");
        await page.Locator("select[name=spoken-opening]").SelectOptionAsync("ThreeTone");
        await page.Locator("form:has(textarea) button.main").ClickAsync();
        return await IdAfterAsync(page);
    }

    /// <summary>Presses on the waveform, takes the place, and does so again for the other end.</summary>
    private static async Task<(double From, double To)> TrimAsync(IPage page, double from, double to)
    {
        foreach (var (field, share) in new[] { ("keep-from", from), ("keep-to", to) })
        {
            var box = (await page.Locator("svg.waveform").BoundingBoxAsync())!;
            await page.Locator("svg.waveform").ClickAsync(
                new() { Position = new() { X = (float)(box.Width * share), Y = box.Height / 2 } });
            await page.Locator($"[data-take={field}]").ClickAsync();
        }

        // What is cut away is shown shaded before it is cut.
        var shades = await page.Locator("svg .cut").EvaluateAllAsync<double[]>("all => all.map(each => each.width.baseVal.value)");
        Assert.All(shades, width => Assert.True(width > 0));
        var kept = (await ValueAsync(page, "keep-from"), await ValueAsync(page, "keep-to"));
        await page.Locator("form:has(input[name=keep-from]) button.main").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).GetByText("Đã cắt")).ToBeVisibleAsync();
        return kept;
    }

    private static async Task<double> ValueAsync(IPage page, string field) =>
        double.Parse(await page.Locator($"input[name={field}]").InputValueAsync(), CultureInfo.InvariantCulture);

    private static async Task ApproveAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Duyệt" }).ClickAsync();
        await Assertions.Expect(page.Locator("a[href^='/air?']")).ToBeVisibleAsync();
    }

    /// <summary>Taps bulletins in their order.</summary>
    private static async Task<long> JoinAsync(IPage page, params long[] bulletins)
    {
        await page.GotoAsync("/programmes/new");
        await page.Locator("input[name=title]").FillAsync("Chương trình sáng");
        foreach (var id in bulletins)
        {
            var row = page.Locator($"label:has(input[name='order-{id.ToString(CultureInfo.InvariantCulture)}'])");
            await row.Locator("span").First.ClickAsync();
        }

        foreach (var (index, id) in bulletins.Index())
        {
            Assert.Equal(index + 1, await ValueAsync(page, string.Create(CultureInfo.InvariantCulture, $"order-{id}")));
        }

        await page.Locator("main button.main").ClickAsync();
        return await IdAfterAsync(page);
    }

    private static Task<double> HeardAsync(IPage page) => page.Locator("audio").EvaluateAsync<double>(
        "audio => new Promise(done => { audio.onloadedmetadata = () => done(audio.duration); audio.preload = 'metadata'; audio.load(); })");

    /// <summary>The waveform follows the sound.</summary>
    private static async Task PlaysAsync(IPage page)
    {
        await page.Locator("audio").EvaluateAsync("audio => { audio.muted = true; audio.currentTime = 0; return audio.play(); }");
        await Poll.UntilAsync("the line on the waveform moves", async () =>
            await page.Locator("svg.waveform line:not([hidden])").CountAsync() > 0
                && await page.Locator("audio").EvaluateAsync<double>("audio => audio.currentTime") > 0.5);
        await page.Locator("audio").EvaluateAsync("audio => audio.pause()");
    }

    private static async Task<double> SecondsOfAsync(RadioProcess radio, long bulletin) =>
        ((await radio.Api.SoundAsync(bulletin)).Length - 44) / 32_000.0;

    private static async Task<long> IdAfterAsync(IPage page)
    {
        await ChromiumBrowser.ArrivesAtAsync(page, BulletinAddress());
        return long.Parse(BulletinAddress().Match(page.Url).Groups["id"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("/bulletins/(?<id>[0-9]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BulletinAddress();
}
