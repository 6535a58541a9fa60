using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Broadcasts;

/// <summary>Who may see a loudspeaker hears what it recorded of a broadcast.</summary>
public sealed class RecordingTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Recording_is_offered_to_whoever_sees_the_loudspeaker()
    {
        var (area, node, broadcast) = await AiredAsync();
        var address = $"/broadcasts/{broadcast}/recordings/{node}.wav";
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Monitor, area));
        await browser.OpenAsync($"/broadcasts/{broadcast}");
        Assert.DoesNotContain(address, browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, address));

        Put(node, broadcast);
        await browser.OpenAsync($"/broadcasts/{broadcast}");
        Assert.Contains($"data-play=\"{address}\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{address}\"", browser.Page, StringComparison.Ordinal);
        using var whole = await browser.Http.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal("audio/wav", whole.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Sounds.Wav(1), await whole.Content.ReadAsByteArrayAsync());

        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        asked.Headers.Range = new RangeHeaderValue(10, 19);
        using var part = await browser.Http.SendAsync(asked);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(Sounds.Wav(1)[10..20], await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Nobody_else_hears_it_and_no_other_address_leads_anywhere()
    {
        var (_, node, broadcast) = await AiredAsync();
        Put(node, broadcast);
        using var program = radio.Program();
        using var stranger = await radio.SignInAsync(await radio.AddAccountAsync(Role.Monitor, await program.AreaAsync()));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(stranger, $"/broadcasts/{broadcast}/recordings/{node}.wav"));

        using var officer = await radio.SignedInAsync();
        foreach (var path in new[]
        {
            $"/broadcasts/99999/recordings/{node}.wav", $"/broadcasts/-1/recordings/{node}.wav",
            $"/broadcasts/{broadcast}/recordings/0000000000000000.wav",
            $"/broadcasts/{broadcast}/recordings/{node.ToUpperInvariant()}x.wav",
            $"/broadcasts/{broadcast}/recordings/..%2F{node}.wav", $"/broadcasts/{broadcast}/recordings/%2e%2e.wav",
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(officer, path));
        }

        using var nobody = radio.Stranger();
        using var refused = await nobody.GetAsync(new Uri($"/broadcasts/{broadcast}/recordings/{node}.wav", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(Browser browser, string path)
    {
        using var answer = await browser.Http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private void Put(string node, long broadcast)
    {
        var folder = Path.Combine(radio.Services.GetRequiredService<BroadcastRecordings>().Folder, node);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, $"{broadcast}.wav"), Sounds.Wav(1));
    }

    /// <summary>A broadcast that a loudspeaker has played.</summary>
    private async Task<(long Area, string Node, long Broadcast)> AiredAsync()
    {
        using var program = radio.Program();
        var area = await program.AreaAsync();
        var node = await program.NodeAsync(area);
        var broadcast = await program.AiredAsync(area);
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        await db.Targets.Where(target => target.BroadcastId == broadcast)
            .ExecuteUpdateAsync(set => set.SetProperty(target => target.State, TargetState.Played));
        return (area, node, broadcast);
    }
}
