using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Bulletins;

/// <summary>The main job: a sound file goes from the page to the loudspeakers.</summary>
[Trait(Instants.Category, Instants.Name)]
public sealed partial class UploadedBulletinTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Uploaded_bulletin_is_heard_at_its_instant_by_those_chosen()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 4);
        var nodes = await radio.Api.NodesAsync();
        var chosen = nodes.Take(3).ToList();
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);

        var bulletin = await UploadAsync(
            browser.Page, await Speech.MakeAsync(Speech.Announcement, radio.FileOf("thông báo.mp3")));
        await ApproveAsync(browser.Page);
        var start = VietnamTime.Ahead(TimeSpan.FromSeconds(7));
        var broadcast = await AirAsync(browser.Page, chosen, start);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Planned {(start - DateTimeOffset.UtcNow).TotalSeconds:F1} s ahead"));
        await browser.MarkAsync();

        // The page follows by itself until all have played.
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Status).GetByText("3 / 3"))
            .ToBeVisibleAsync(new() { Timeout = 40_000 });
        Assert.True(await browser.IsMarkedAsync(), "the page was loaded again");
        Assert.Empty(browser.Errors);

        await CheckHeardAsync(radio, bulletin, broadcast, start, chosen);
        Assert.Empty(radio.Recording(nodes[3].Id).Samples);
    }

    private async Task CheckHeardAsync(
        RadioProcess radio, long bulletin, long broadcast, DateTimeOffset start, List<NodeAnswer> chosen)
    {
        var master = radio.FileOf("master.wav");
        await File.WriteAllBytesAsync(master, await radio.Api.SoundAsync(bulletin));
        var expected = await Speech.HeardAsync(master);
        var proof = await radio.Api.BroadcastAsync(broadcast);
        Assert.Equal(chosen.Select(node => node.Id).Order(), proof.Nodes.Select(receipt => receipt.NodeId).Order());

        foreach (var receipt in proof.Nodes)
        {
            var recording = await radio.RecordingAsync(receipt, broadcast);
            var first = Assert.Single(recording.Starts);
            var likeness = Likeness.Of(expected, recording.Of(broadcast), Recording.Rate / 10);
            var late = first.Instant + TimeSpan.FromSeconds((double)likeness.Lag / Recording.Rate) - start;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{receipt.NodeId}: correlation {likeness.Correlation:F4}, start {late.TotalMilliseconds:+0.0;-0.0} ms off, {receipt.Samples} samples"));

            Assert.InRange(likeness.Correlation, 0.95, 1.001);
            Assert.InRange(late.TotalMilliseconds, -50, 50);
            // The receipt tells the truth: what it says was handed out is what lies in the file.
            Assert.Equal(first.Instant, receipt.StartedAt);
            Assert.InRange(recording.Samples.Length - expected.Length, -80, 80);
        }
    }

    private static async Task<long> UploadAsync(IPage page, string path)
    {
        await page.GotoAsync("/bulletins/new");
        var form = page.Locator("form").Filter(new() { Has = page.Locator("input[type=file]") });
        await form.GetByLabel("Tiêu đề").FillAsync("Tiêm phòng cho trẻ em");
        await form.Locator("input[type=file]").SetInputFilesAsync(path);
        await form.Locator("button:not([type=button])").ClickAsync();
        var id = await IdAfterAsync(page, BulletinAddress());

        // It can be seen and heard before it is approved.
        await Assertions.Expect(page.Locator("svg[role=img]")).ToBeVisibleAsync();
        var seconds = await page.Locator("audio").EvaluateAsync<double>(
            "audio => new Promise(done => { audio.onloadedmetadata = () => done(audio.duration); audio.preload = 'metadata'; audio.load(); })");
        Assert.InRange(seconds, 5, 15);
        return id;
    }

    private static async Task ApproveAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Duyệt" }).ClickAsync();
        await page.Locator("a[href^='/air?']").ClickAsync();
    }

    private static async Task<long> AirAsync(IPage page, List<NodeAnswer> nodes, DateTimeOffset start)
    {
        await page.Locator("input[name=class][value=normal]").CheckAsync();
        foreach (var node in nodes)
        {
            await page.Locator($"input[name=nodes][value='{node.Id}']").CheckAsync();
        }

        await page.Locator("input[name=when][value=at]").CheckAsync();
        // People go by whole minutes; the program takes seconds, so that nobody waits here for the next minute.
        var field = page.Locator("input[name=start]");
        await field.EvaluateAsync("field => { field.step = 1; }");
        await field
            .FillAsync(VietnamTime.Of(start).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        await page.Locator("main button.main").ClickAsync();
        return await IdAfterAsync(page, BroadcastAddress());
    }

    private static async Task<long> IdAfterAsync(IPage page, Regex address)
    {
        await ChromiumBrowser.ArrivesAtAsync(page, address);
        return long.Parse(address.Match(page.Url).Groups["id"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("/bulletins/(?<id>[0-9]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BulletinAddress();

    [GeneratedRegex("/broadcasts/(?<id>[0-9]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BroadcastAddress();
}
