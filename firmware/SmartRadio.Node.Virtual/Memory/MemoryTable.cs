using System.Globalization;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Memory;

/// <param name="State">What the node was doing.</param>
/// <param name="Live">Bytes that one node holds.</param>
/// <param name="Churn">Bytes that it made and dropped, and in what.</param>
/// <param name="Budget">Bytes that it may hold.</param>
internal sealed record MemoryRow(string State, long Live, string Churn, long Budget)
{
    /// <summary>Far below its budget it would not be in that state.</summary>
    public bool IsWithinBudget => Live >= Budget / 6 && Live <= Budget;
}

/// <summary>
/// Measures what one node holds in memory in each of its states, over many nodes at once so that the collector's noise is
/// divided. Needs a process of its own, because the collector counts the whole process.
/// </summary>
internal static class MemoryTable
{
    private const int Nodes = 32;
    private const int MostWarmUps = 10;

    /// <summary>Bytes a node by which two lives may differ.</summary>
    private const long Noise = 512;

    /// <summary>Measures every state in a folder of its own, which is left empty.</summary>
    public static IReadOnlyList<MemoryRow> Measure()
    {
        WarmUp();
        return
        [
            new("at rest, just booted", Live("boot", _ => { }), "", 32 * 1024),
            new("at rest, plan of 64, 256 records, 1,000 receipts", Live("rest", node => node.Fill()), "", 384 * 1024),
            new("prefetching 10 minutes of sound", Live("fetch", node => node.Prefetch()), PerChunk(), 96 * 1024),
            new("playing from storage", Live("play", node => node.Play(20)),
                PerSecond("play2", node => node.Play(40)), 64 * 1024),
            new("playing live, jitter buffer full", Live("live", node => node.PlayLive()),
                PerSecond("live2", node => node.PlayLive()), 256 * 1024),
            new("all of it: full, and playing live", Live("all", node => All(node)), "", 512 * 1024),
        ];
    }

    /// <summary>Bytes made while the largest command, a plan of 64 entries, is taken.</summary>
    public static long LargestMessage() => With("large", node =>
    {
        node.TakeLargest();
        return Made(node.TakeLargest);
    });

    /// <summary>
    /// Until two lives agree: the first makes what all nodes share, and earlier work may end meanwhile and free its own.
    /// </summary>
    private static void WarmUp()
    {
        var last = Live("warm", node => node.Play(10));
        for (var life = 1; life < MostWarmUps; life++)
        {
            var now = Live("warm", node => node.Play(10));
            if (Math.Abs(now - last) < Noise)
            {
                return;
            }

            last = now;
        }
    }

    private static void All(MeasuredNode node)
    {
        node.Fill();
        node.PlayLive();
    }

    private static long Live(string name, Action<MeasuredNode> reach)
    {
        var folder = Directory.CreateTempSubdirectory($"smartradio-memory-{name}-").FullName;
        try
        {
            var files = Enumerable.Range(0, Nodes)
                .Select(i => new FolderFiles(Path.Combine(folder, i.ToString(CultureInfo.InvariantCulture)), 64L * 1024 * 1024))
                .ToArray();
            var nodes = new MeasuredNode[Nodes];
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var i = 0; i < Nodes; i++)
            {
                nodes[i] = new MeasuredNode(files[i]);
                reach(nodes[i]);
            }

            var live = (GC.GetTotalMemory(forceFullCollection: true) - before) / Nodes;
            GC.KeepAlive(nodes);
            return live;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static T With<T>(string name, Func<MeasuredNode, T> use)
    {
        var folder = Directory.CreateTempSubdirectory($"smartradio-memory-{name}-").FullName;
        try
        {
            return use(new MeasuredNode(new FolderFiles(folder, 64L * 1024 * 1024)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Made(Action what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        what();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string PerSecond(string name, Action<MeasuredNode> reach) => With(name, node =>
    {
        reach(node);
        return string.Create(CultureInfo.InvariantCulture, $"{Made(() => node.Pass(5000)) / 5:N0} a second");
    });

    private static string PerChunk() => With("chunks", node =>
    {
        node.Prefetch();
        return string.Create(CultureInfo.InvariantCulture, $"{Made(node.Prefetch) / 601:N0} a chunk");
    });
}
