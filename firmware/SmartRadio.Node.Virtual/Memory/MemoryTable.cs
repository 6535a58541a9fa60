using System.Globalization;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Memory;

/// <param name="State">What the node was doing.</param>
/// <param name="Live">Bytes that one node holds on .NET.</param>
/// <param name="Device">Bytes that it holds by the rules of the device's heap.</param>
/// <param name="Churn">Bytes that it made and dropped, and in what.</param>
/// <param name="Budget">Bytes that it may hold.</param>
internal sealed record MemoryRow(string State, long Live, long Device, string Churn, long Budget)
{
    /// <summary>Far below its budget it would not be in that state.</summary>
    public bool IsWithinBudget => Math.Min(Live, Device) >= Budget / 6 && Math.Max(Live, Device) <= Budget;
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
            Row("at rest, just booted", "boot", _ => { }, "", 32),
            Row("at rest, plan of 64, 256 records, 1,000 receipts", "rest", node => node.Fill(), "", 384),
            Row("prefetching 10 minutes of sound", "fetch", node => node.Prefetch(), PerChunk(), 96),
            Row("playing from storage", "play", node => node.Play(20), PerSecond("play2", node => node.Play(40)), 64),
            Row("playing live, jitter buffer full", "live", node => node.PlayLive(),
                PerSecond("live2", node => node.PlayLive()), 256),
            Row("all of it: full, and playing live", "all", All, "", 512),
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

    private static MemoryRow Row(string state, string name, Action<MeasuredNode> reach, string churn, int budgetKilobytes)
    {
        var (live, device) = Held(name, reach);
        return new MemoryRow(state, live, device, churn, budgetKilobytes * 1024L);
    }

    private static void All(MeasuredNode node)
    {
        node.Fill();
        node.PlayLive();
    }

    private static long Live(string name, Action<MeasuredNode> reach) => Held(name, reach).Live;

    private static (long Live, long Device) Held(string name, Action<MeasuredNode> reach)
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
            return (live, nodes[0].OnDevice);
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
