using System.Net;
using System.Text.RegularExpressions;
using SmartRadio.Benchmarks.Demo;

namespace SmartRadio.Benchmarks.Pressure;

/// <summary>
/// One session's browser tabs gone wild: event streams, held or tried again, all at one instant as after a server's restart, and
/// pages one after another.
/// </summary>
internal sealed partial class PressureClients : IAsyncDisposable
{
    private static readonly string[] Pages = ["/", "/nodes", "/broadcasts", "/air"];
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http;
    private readonly List<Task> _work = [];
    private long _held;
    private long _refused;
    private long _opened;

    private PressureClients(Uri address) => _http = new HttpClient(
        new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = int.MaxValue })
    {
        BaseAddress = new Uri(address, "/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Signs in, and returns when each stream was tried once.</summary>
    public static async Task<PressureClients> StartAsync(DemoSystem system, int streams, int pages)
    {
        var clients = new PressureClients(system.Address);
        await clients.SignInAsync(system.FirstUser, system.FirstPassword);
        clients._work.AddRange(Enumerable.Range(0, streams).Select(_ => clients.HoldAsync()));
        while (Interlocked.Read(ref clients._held) + Interlocked.Read(ref clients._refused) < streams)
        {
            await Task.Delay(100);
        }

        clients._work.AddRange(Enumerable.Range(0, pages).Select(clients.OpenPagesAsync));
        return clients;
    }

    /// <summary>Waits for the instant at which all streams that were refused are tried again, the worst to press stop.</summary>
    public static Task TriedAgainAsync() => Task.Delay(UntilAgain());

    public string Describe() =>
        $"streams held {Interlocked.Read(ref _held):N0}, refusals {Interlocked.Read(ref _refused):N0}, pages {Interlocked.Read(ref _opened):N0}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_work);
        _http.Dispose();
        _stop.Dispose();
    }

    /// <summary>Signs in with the printed password, which opens nothing until it is changed.</summary>
    private async Task SignInAsync(string user, string password)
    {
        await SendAsync("sign-in", ("_handler", "sign-in"), ("name", user), ("password", password));
        var next = $"đài xã {Guid.NewGuid():N}";
        var page = await SendAsync("password", ("_handler", "password"), ("proof", password), ("next", next));
        if (page != "/")
        {
            throw new InvalidOperationException($"The benchmark could not sign in: it came to {page}.");
        }
    }

    /// <returns>Path of the page that it leads to.</returns>
    private async Task<string> SendAsync(string page, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await _http.GetStringAsync(page)).Groups["value"].Value;
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await _http.PostAsync(page, form);
        return answer.RequestMessage!.RequestUri!.AbsolutePath;
    }

    private async Task HoldAsync()
    {
        var buffer = new byte[1 << 16];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await _http.GetAsync(
                    "live?i=on-air&i=clock", HttpCompletionOption.ResponseHeadersRead, _stop.Token);
                if (answer.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref _held);
                    await using var stream = await answer.Content.ReadAsStreamAsync(_stop.Token);
                    while (await stream.ReadAsync(buffer, _stop.Token) > 0)
                    {
                        // Pictures are only received.
                    }
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                // Refused, or over.
            }

            Interlocked.Increment(ref _refused);
            await Task.Delay(UntilAgain(), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan UntilAgain() => Again - TimeSpan.FromTicks(DateTimeOffset.UtcNow.Ticks % Again.Ticks);

    private async Task OpenPagesAsync(int first)
    {
        for (var i = first; !_stop.IsCancellationRequested; i++)
        {
            try
            {
                using var answer = await _http.GetAsync(Pages[i % Pages.Length], _stop.Token);
                Interlocked.Increment(ref _opened);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                // Refused, or over.
            }
        }
    }

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
