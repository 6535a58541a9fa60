using System.Globalization;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Streaming;

/// <summary>The islands that somebody looks at, each once for all who see the same.</summary>
internal sealed class IslandHub(IslandDrawing drawing, IHostApplicationLifetime lifetime)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _open = new(StringComparer.Ordinal);

    /// <summary>Islands that are drawn now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Begins to look at an island; whoever leaves it last ends its drawing.</summary>
    /// <param name="island">Which.</param>
    /// <param name="culture">In whose language.</param>
    /// <param name="grants">What the reader may do.</param>
    /// <param name="viewer">The key of these grants, see <see cref="Viewer.KeyOf"/>.</param>
    public SharedIsland Join(OpenIsland island, CultureInfo culture, Grants grants, string viewer)
    {
        var key = $"{culture.Name} {viewer} {island.Key}";
        lock (_lock)
        {
            if (!_open.TryGetValue(key, out var entry))
            {
                var stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
                _open[key] = entry = new Entry(new SharedIsland(key, island, culture, grants, drawing), stop);
                // It outlives the request that begins it, and knows nothing of it.
                using var apart = ExecutionContext.SuppressFlow();
                _ = Task.Run(() => entry.Island.RunAsync(stop.Token));
            }

            entry.Readers++;
            return entry.Island;
        }
    }

    public void Leave(SharedIsland island)
    {
        lock (_lock)
        {
            var entry = _open[island.Key];
            if (--entry.Readers == 0)
            {
                _open.Remove(island.Key);
                entry.Stop.Cancel();
                entry.Stop.Dispose();
            }
        }
    }

    private sealed class Entry(SharedIsland island, CancellationTokenSource stop)
    {
        public SharedIsland Island => island;

        public CancellationTokenSource Stop => stop;

        public int Readers { get; set; }
    }
}
