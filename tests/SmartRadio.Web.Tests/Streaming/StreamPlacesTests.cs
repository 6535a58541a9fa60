using System.Net;
using System.Net.ServerSentEvents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Streaming;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Streaming;

/// <summary>How many event streams there are, and that all who see the same share one drawing.</summary>
public sealed class StreamPlacesTests
{
    [Fact]
    public async Task Stream_beyond_those_of_a_session_is_refused_until_one_ends()
    {
        await using var radio = await StartAsync(("SmartRadio:Limits:SessionStreams", "2"));
        using var browser = await radio.SignedInAsync();
        using var other = await radio.SignedInAsync();
        using var first = await OpenAsync(browser);
        var second = await OpenAsync(browser);

        using var refused = await OpenAsync(browser);
        using var elsewhere = await OpenAsync(other);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK],
            new[] { first, second, refused, elsewhere }.Select(each => each.StatusCode));
        Assert.Contains("Close some", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        second.Dispose();
        await Poll.UntilAsync("the place is free", async () =>
        {
            using var again = await OpenAsync(browser);
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Stream_beyond_those_of_all_is_refused_in_the_readers_language()
    {
        await using var radio = await StartAsync(("SmartRadio:Limits:Streams", "1"));
        using var browser = await radio.SignedInAsync("vi");
        using var other = await radio.SignedInAsync();
        using var first = await OpenAsync(other);

        using var refused = await OpenAsync(browser);
        using var progress = await other.Http.GetAsync(
            new Uri($"/live/progress/{Guid.NewGuid()}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("Hãy đóng bớt", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, progress.StatusCode);
    }

    [Fact]
    public async Task All_who_see_the_same_share_one_drawing()
    {
        await using var radio = await StartAsync(("SmartRadio:Limits:SessionStreams", "20"));
        using var program = radio.Program();
        using var browser = await radio.SignedInAsync();
        using var other = await radio.SignedInAsync();
        var area = await program.AreaAsync();
        using var part = await radio.SignInAsync(await radio.AddAccountAsync(Role.Monitor, area));
        var islands = radio.Services.GetRequiredService<IslandHub>();

        List<HttpResponseMessage> streams = [await OpenAsync(browser), await OpenAsync(other), await OpenAsync(browser, "&x=1")];
        await FirstAsync(streams);
        Assert.Equal(1, islands.Count);
        streams.Add(await OpenAsync(part));
        await FirstAsync(streams[3..]);
        Assert.Equal(2, islands.Count);

        streams.ForEach(stream => stream.Dispose());
        await Poll.UntilAsync("nobody looks any more", () => islands.Count == 0);
    }

    [Fact]
    public async Task Reader_who_gets_a_role_sees_more_at_once_and_less_when_it_is_taken()
    {
        await using var radio = await StartAsync(("SmartRadio:Limits:SessionStreams", "20"));
        using var program = radio.Program();
        var (own, other) = (await program.AreaAsync("Của mình"), await program.AreaAsync("Nơi khác"));
        await program.NodeAsync(other);
        var account = await radio.AddAccountAsync(Role.Monitor, own);
        using var browser = await radio.SignInAsync(account);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var events = SseParser.Create(
            await browser.Http.GetStreamAsync(new Uri("/live?i=nodes", UriKind.Relative), patience.Token))
            .EnumerateAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        await SeenAsync("0 loudspeakers");

        var person = await PersonAsync(radio, account);
        var grant = await radio.Services.GetRequiredService<GiveRole>().HandleAsync(
            new GiveRoleRequest(person, Role.Monitor, other), Actor.Program, CancellationToken.None);
        await SeenAsync("1 loudspeakers");
        await radio.Services.GetRequiredService<TakeRole>().HandleAsync(
            person, grant.Id, Actor.Program, CancellationToken.None);
        await SeenAsync("0 loudspeakers");

        async Task SeenAsync(string text)
        {
            do
            {
                Assert.True(await events.MoveNextAsync());
            }
            while (!events.Current.Data.Contains(text, StringComparison.Ordinal));
        }
    }

    private static async Task<RadioHost> StartAsync((string Key, string Value) setting)
    {
        var radio = new RadioHost(setting);
        await radio.InitializeAsync();
        return radio;
    }

    private static async Task<string> PersonAsync(RadioHost radio, Account account)
    {
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        return await db.Users.Where(person => person.UserName == account.Name).Select(person => person.Id).SingleAsync();
    }

    private static Task<HttpResponseMessage> OpenAsync(Browser browser, string more = "") => browser.Http.GetAsync(
        new Uri($"/live?i={Uri.EscapeDataString("nodes?state=online" + more)}", UriKind.Relative),
        HttpCompletionOption.ResponseHeadersRead);

    /// <summary>Waits for the first picture of each.</summary>
    private static async Task FirstAsync(IEnumerable<HttpResponseMessage> streams)
    {
        foreach (var stream in streams)
        {
            Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
            await using var events = SseParser.Create(await stream.Content.ReadAsStreamAsync()).EnumerateAsync()
                .GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
        }
    }
}
