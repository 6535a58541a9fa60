using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Streaming;

/// <summary>
/// One island as all see it who may do the same. It is drawn once for all of them when something changed, at most twice a second,
/// and now and then because time passes.
/// </summary>
internal sealed class SharedIsland(string key, OpenIsland island, CultureInfo culture, Grants grants, IslandDrawing drawing)
{
    // Two pictures a second are smooth to read and cost little.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    // Some things change by the clock alone, such as what is on air.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ChannelWriter<bool>, bool> _readers = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _html;

    /// <summary>The newest picture; null before <see cref="First"/>.</summary>
    public string? Html => _html;

    /// <summary>Ends when there is a picture.</summary>
    public Task First => _first.Task;

    /// <summary>What tells it from others, see <see cref="IslandHub"/>.</summary>
    public string Key => key;

    /// <summary>Has a reader told of each new picture.</summary>
    public void Tell(ChannelWriter<bool> reader) => _readers[reader] = true;

    public void Forget(ChannelWriter<bool> reader) => _readers.TryRemove(reader, out _);

    /// <summary>Draws until the token ends it.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var pumps = island.Subjects.Distinct().Select(each =>
            drawing.Feed.PumpAsync(each, () => changes.Writer.TryWrite(true), stop)).ToArray();
        while (await drawing.Time.WaitAsync(changes.Reader, Longest, stop))
        {
            if (await drawing.TryDrawAsync(island, grants, stop) is { } html && html != _html)
            {
                _html = html;
                _first.TrySetResult();
                foreach (var reader in _readers.Keys)
                {
                    reader.TryWrite(true);
                }
            }

            await Task.Delay(Shortest, drawing.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(pumps);
    }
}

/// <summary>Draws an island outside a request.</summary>
internal sealed class IslandDrawing(
    ChangeFeed feed, DrawingTurns turns, IServiceScopeFactory scopes, ILoggerFactory logs, TimeProvider time)
{
    private readonly ILogger _logger = logs.CreateLogger<IslandDrawing>();

    public ChangeFeed Feed => feed;

    public TimeProvider Time => time;

    /// <summary>Its HTML; null when it could not be drawn now.</summary>
    public async Task<string?> TryDrawAsync(OpenIsland island, Grants grants, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await turns.TakeAsync(cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Viewer>().Grants = grants;
            await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
            var parameters = ParameterView.FromDictionary(
                new Dictionary<string, object?>(island.Parameters, StringComparer.Ordinal));
            return await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync(island.Component, parameters)).ToHtmlString());
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception problem)
        {
            _logger.LogError(problem, "{Island} could not be drawn; tried again soon", island.Component.Name);
            return null;
        }
    }
}
