using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SmartRadio.Controller.Changes;

/// <summary>What a live page may watch.</summary>
public enum Feed
{
    /// <summary>Nodes: presence, heartbeat, settings.</summary>
    Fleet,

    /// <summary>Broadcasts and what became of them on each node.</summary>
    Broadcasts,

    Bulletins,

    Schedules,
}

/// <summary>
/// Tells pages in this process that something changed, so that they read it again. It carries no data: a watcher that is
/// slow skips straight to the newest state, and nothing builds up for it.
/// </summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<Channel<bool>, Feed> _watchers = new();

    public void Changed(Feed feed)
    {
        foreach (var (watcher, watched) in _watchers)
        {
            if (watched == feed)
            {
                watcher.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>Yields at once, then after every change; many changes during one turn are one.</summary>
    public async IAsyncEnumerable<bool> WatchAsync(Feed feed, [EnumeratorCancellation] CancellationToken cancel)
    {
        var signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _watchers[signal] = feed;
        try
        {
            yield return true;
#pragma warning disable RS0030 // Never in the simulation: only pages watch.
            await foreach (var change in signal.Reader.ReadAllAsync(cancel))
#pragma warning restore RS0030
            {
                yield return change;
            }
        }
        finally
        {
            _watchers.TryRemove(signal, out _);
        }
    }
}
