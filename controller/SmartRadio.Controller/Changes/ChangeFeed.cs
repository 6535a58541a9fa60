using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SmartRadio.Controller.Changes;

/// <summary>
/// Tells pages in this process that something changed, so that they read it again. It carries no data: a watcher that is
/// slow skips straight to the newest state, and nothing builds up for it.
/// </summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<Channel<bool>, Subject> _watchers = new();

    public void Changed(Subject subject)
    {
        foreach (var (watcher, watched) in _watchers)
        {
            if (watched.Noun == subject.Noun && (watched.Id.Length == 0 || subject.Id.Length == 0 || watched.Id == subject.Id))
            {
                watcher.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>Yields at once, then after every change; many changes during one turn are one.</summary>
    /// <param name="subject">One thing, or with an empty id all of its kind.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<bool> WatchAsync(Subject subject, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _watchers[signal] = subject;
        try
        {
            yield return true;
#pragma warning disable RS0030 // Never in the simulation: only pages watch.
            await foreach (var change in signal.Reader.ReadAllAsync(cancellationToken))
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
