using System.Runtime.InteropServices;
using Microsoft.Playwright;
using NAudio.Wave;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Broadcasts;

/// <summary>What each virtual loudspeaker played of a broadcast is heard on the broadcast's page.</summary>
public sealed class HeardRecordingTests
{
    [Fact]
    public async Task Page_plays_what_each_loudspeaker_played_of_that_broadcast()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 2);
        var nodes = await radio.NodesOnlineAsync(2);
        var warning = await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Warning, radio.FileOf("warning.mp3")));
        var news = await radio.Api.SpokenAsync("Tin", "Chào bà con.");
        var first = await PlayedAsync(radio, news.Id, nodes);
        var second = await PlayedAsync(radio, warning.Id, nodes);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);

        await browser.Page.GotoAsync(FormattableString.Invariant($"/broadcasts/{second}"));

        await Assertions.Expect(browser.Page.Locator("button[data-play]:visible")).ToHaveCountAsync(2);
        await Assertions.Expect(browser.Page.Locator("a[href$='.wav']")).ToHaveCountAsync(2);
        var play = browser.Page.Locator("button[data-play]").First;
        await play.ClickAsync();
        await Assertions.Expect(play).ToHaveAttributeAsync("aria-pressed", "true");
        foreach (var receipt in (await radio.Api.BroadcastAsync(second)).Nodes)
        {
            var whole = await radio.RecordingAsync(receipt, second);
            var address = FormattableString.Invariant($"{radio.Address}/broadcasts/{second}/recordings/{receipt.NodeId}.wav");
            var heard = await SamplesAsync(browser.Page, address);
            Assert.Equal(whole.Of(second).ToArray(), heard);
            Assert.NotEqual(whole.Of(first).ToArray(), heard);
        }

        Assert.Empty(browser.Errors);
    }

    private static async Task<long> PlayedAsync(RadioProcess radio, long bulletin, IReadOnlyList<NodeAnswer> nodes)
    {
        var aired = await radio.Api.AirAsync(bulletin, "emergency", nodes);
        await Poll.UntilAsync(
            "all have played it", () => radio.Api.BroadcastAsync(aired.Id),
            seen => seen.Nodes.Count == 2 && seen.Nodes.All(receipt => receipt.State == "played"));
        return aired.Id;
    }

    private static async Task<short[]> SamplesAsync(IPage page, string address)
    {
        var answer = await page.Context.APIRequest.GetAsync(address);
        Assert.Equal(200, answer.Status);
        using var wav = new WaveFileReader(new MemoryStream(await answer.BodyAsync()));
        var samples = new short[wav.SampleCount];
        wav.ReadExactly(MemoryMarshal.AsBytes(samples.AsSpan()));
        return samples;
    }
}
