using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
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
    private volatile IslandPicture? _picture;

    /// <summary>The newest picture; null before <see cref="First"/>.</summary>
    public IslandPicture? Picture => _picture;

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
            if (await drawing.TryDrawAsync(island, grants, stop) is { } html && html != _picture?.Html)
            {
                _picture = new IslandPicture(html);
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
