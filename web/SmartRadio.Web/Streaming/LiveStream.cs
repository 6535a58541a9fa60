using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace SmartRadio.Web.Streaming;

/// <summary>
/// Draws a page's islands on the server whenever something changed and sends those that look different. What is sent is
/// always the newest state: a slow line skips states, it never queues them.
/// </summary>
internal sealed class LiveStream(
    StreamEnd end, IServiceScopeFactory scopes, ILoggerFactory logs, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public const int MaxIslands = 4;

    private const string Beat = "beat";

    // Two pictures a second are smooth to read and cost little.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    // Then the browser asks again, so that no connection is forgotten.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    // Some things change by the clock alone, such as what is on air; and a silent line must be told from a dead one.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Events named by the island's place on the page ("0", "1" …) with its HTML, and "beat" while nothing changes.
    /// </summary>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(
        IReadOnlyList<OpenIsland> islands, HttpContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var life = new CancellationTokenSource(Life, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, context.RequestAborted, lifetime.ApplicationStopping, life.Token);
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var pumps = islands.SelectMany(island => island.Subjects).Distinct()
            .Select(each => end.PumpAsync(each, changes.Writer, stop.Token)).Append(end.WatchAsync(context, stop)).ToArray();
        var shown = new string[islands.Count];
        try
        {
            while (await end.SignalAsync(changes.Reader, Longest, stop.Token))
            {
                var drawn = await DrawAsync(islands, stop.Token);
                var quiet = true;
                for (var i = 0; i < drawn.Length; i++)
                {
                    if (drawn[i] != shown[i])
                    {
                        quiet = false;
                        shown[i] = drawn[i];
                        yield return new SseItem<string>(drawn[i], i.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    }
                }

                if (quiet)
                {
                    yield return new SseItem<string>(string.Empty, Beat);
                }

                await Task.Delay(Shortest, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            // However it ended: nobody goes on watching for a reader who has gone.
            await stop.CancelAsync();
            await Task.WhenAll(pumps);
        }
    }

    private async Task<string[]> DrawAsync(IReadOnlyList<OpenIsland> islands, CancellationToken cancellationToken)
    {
        var drawn = new string[islands.Count];
        await using var scope = scopes.CreateAsyncScope();
        for (var i = 0; i < drawn.Length && !cancellationToken.IsCancellationRequested; i++)
        {
            await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
            var parameters = ParameterView.FromDictionary(
                new Dictionary<string, object?>(islands[i].Parameters, StringComparer.Ordinal));
            drawn[i] = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync(islands[i].Component, parameters)).ToHtmlString());
        }

        return drawn;
    }
}
