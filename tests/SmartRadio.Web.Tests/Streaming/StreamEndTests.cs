using System.Diagnostics;
using System.Net.ServerSentEvents;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Streaming;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Streaming;

/// <summary>An open stream ends with its session.</summary>
public sealed class StreamEndTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const double Most = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("/live?i=on-air")]
    [InlineData("/live/progress/7a1d2f6e-54a1-4b2c-8a53-0c9c5f0c7d11")]
    public async Task Stream_ends_when_its_person_is_disabled(string stream)
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        using var watcher = await radio.SignInAsync(account);
        using var program = radio.Program();
        var person = (await (await program.FetchAsync("/api/v1/people")).JsonAsync()).EnumerateArray()
            .Single(each => each.GetProperty("userName").GetString() == account.Name).GetProperty("id").GetString();

        // Somebody works, so that there is a progress to be told of.
        using var work = radio.Services.GetRequiredService<ProgressBoard>().Open(stream.Split('/')[^1]);

        await EndsAsync(watcher, () => program.PostAsync($"/api/v1/people/{person}/disable", new { }), stream);
    }

    [Fact]
    public async Task Stream_ends_when_another_device_signs_this_one_out()
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        using var watcher = await radio.SignInAsync(account);
        using var other = await radio.SignInAsync(account);
        await other.OpenAsync("/account");

        await EndsAsync(watcher, () => other.SendAsync(
            "/account", ("_handler", "sessions"), ("end", string.Empty)));
    }

    [Fact]
    public async Task Stream_ends_when_the_password_is_changed_elsewhere()
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        using var watcher = await radio.SignInAsync(account);
        using var other = await radio.SignInAsync(account);
        await other.OpenAsync("/password");

        await EndsAsync(watcher, () => other.SendAsync(
            "/password", ("_handler", "password"), ("proof", Account.Password), ("next", "một mật khẩu khác hẳn")));
    }

    [Fact]
    public async Task Stream_ends_when_its_person_signs_out()
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        using var watcher = await radio.SignInAsync(account);
        await watcher.OpenAsync("/more");

        await EndsAsync(watcher, () => watcher.SendAsync("/sign-out"));
    }

    [Fact]
    public async Task Stream_goes_on_when_another_session_ends()
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        using var watcher = await radio.SignInAsync(account);
        using var other = await radio.SignInAsync(account);
        await other.OpenAsync("/more");
        using var patience = new CancellationTokenSource(Patience);
        await using var events = await WatchAsync(watcher, "/live?i=on-air", patience.Token);
        Assert.True(await events.MoveNextAsync());

        await other.SendAsync("/sign-out");

        // The second comes with the next picture, five seconds on.
        Assert.True(await events.MoveNextAsync());
        Assert.True(await events.MoveNextAsync());
    }

    private static async Task EndsAsync(Browser watcher, Func<Task> end, string stream = "/live?i=on-air")
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var events = await WatchAsync(watcher, stream, patience.Token);
        Assert.True(await events.MoveNextAsync());

        await end();
        var since = Stopwatch.GetTimestamp();
        while (await events.MoveNextAsync())
        {
            // What was on its way.
        }

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, Most);
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> WatchAsync(
        Browser browser, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        var answer = await browser.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }
}
