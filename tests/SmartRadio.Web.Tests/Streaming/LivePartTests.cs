using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Streaming;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Streaming;

/// <summary>Pages change without being loaded again.</summary>
public sealed partial class LivePartTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Are_the_same_as_on_the_page_and_follow_what_changes()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var program = radio.Program();
        var area = await program.AreaAsync();
        using var browser = await radio.SignedInAsync();
        await using var events = await WatchAsync(browser, $"/live?i=nodes%3Farea%3D{area}", patience.Token);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("0", events.Current.EventType);
        Assert.Contains("0 loudspeakers, 0 on-line", events.Current.Data, StringComparison.Ordinal);

        await program.NodeAsync(area);
        while (events.Current.EventType == "beat"
            || !events.Current.Data.Contains("1 loudspeakers, 0 on-line", StringComparison.Ordinal))
        {
            Assert.True(await events.MoveNextAsync());
        }

        await browser.OpenAsync($"/nodes?area={area}");
        Assert.Contains(WebUtility.HtmlDecode(events.Current.Data), browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_at_most_two_pictures_a_second_however_much_happens()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var program = radio.Program();
        var area = await program.AreaAsync();
        using var browser = await radio.SignedInAsync();
        await using var events = await WatchAsync(browser, $"/live?i=nodes%3Farea%3D{area}", patience.Token);
        Assert.True(await events.MoveNextAsync());
        var feed = radio.Services.GetRequiredService<ChangeFeed>();
        using var stop = new CancellationTokenSource();
        var busy = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                feed.Changed(new Subject("node"));
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        });
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 0; i < 4; i++)
        {
            Assert.True(await events.MoveNextAsync());
        }

        await stop.CancelAsync();
        await busy;
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(since).TotalSeconds, 1.4, 20);
    }

    [Fact]
    public async Task Are_not_sent_again_to_the_page_that_came_with_them()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var program = radio.Program();
        var area = await program.AreaAsync();
        var node = await program.NodeAsync(area);
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync($"/nodes?area={area}");
        var part = Part().Match(browser.Page);
        await using var events = await WatchAsync(
            browser, $"/live?i=nodes%3Farea%3D{area}&held={part.Groups["held"].Value}", patience.Token);
        await using var other = await WatchAsync(browser, $"/live?i=nodes%3Farea%3D{area}&held=0123456789abcdef", patience.Token);
        Assert.True(await events.MoveNextAsync() && await other.MoveNextAsync());
        Assert.Equal("beat", events.Current.EventType);
        Assert.Equal(("0", part.Groups["held"].Value), (other.Current.EventType, other.Current.EventId));
        Assert.Equal(
            int.Parse(part.Groups["pieces"].Value, CultureInfo.InvariantCulture), IslandPatch.CountPieces(other.Current.Data));

        using var louder = await program.PutAsJsonAsync(
            new Uri($"/api/v1/nodes/{node}/volume", UriKind.Relative), new { percent = 55 });
        louder.EnsureSuccessStatusCode();
        while (events.Current.EventType == "beat")
        {
            Assert.True(await events.MoveNextAsync());
        }

        Assert.StartsWith("[[", events.Current.Data, StringComparison.Ordinal);
        Assert.Contains("55 %", events.Current.Data, StringComparison.Ordinal);
        Assert.NotEqual(part.Groups["held"].Value, events.Current.EventId);
    }

    [Theory]
    [InlineData("/live")]
    [InlineData("/live?i=secrets")]
    [InlineData("/live?i=on-air&i=on-air&i=on-air&i=on-air&i=on-air")]
    public async Task Exist_only_as_pages_show_them(string path)
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync(path);
        Assert.Contains(browser.Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> WatchAsync(
        Browser browser, string path, CancellationToken cancellationToken)
    {
        var stream = await browser.Http.GetStreamAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    [GeneratedRegex(
        "<section data-live=\"nodes[^\"]*\" data-held=\"(?<held>[0-9a-f]{16})\" data-pieces=\"(?<pieces>[0-9]+)\">",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
