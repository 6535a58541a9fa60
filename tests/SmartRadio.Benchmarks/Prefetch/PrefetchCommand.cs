using System.Diagnostics;
using System.Globalization;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Prefetch;

/// <summary>
/// What it costs each of many nodes to get a bulletin ahead of time over lines that lose chunks, each node and each chunk by
/// itself. Counted is the payload of every chunk message that the broker puts on a node's line, lost or not, doubles, chunk
/// headers and manifest included, against the bytes of the sound.
/// </summary>
internal static class PrefetchCommand
{
    private static readonly (double Loss, double Aim)[] Lines = [(0, 1.03), (0.05, 1.12), (0.2, 1.35)];

    /// <param name="nodes">How many ask for it.</param>
    /// <param name="seconds">Length of the sound, at 64 kbit/s.</param>
    /// <param name="seed">Makes losses, delays and secrets.</param>
    /// <returns>0 when every node got the sound and every aim is met.</returns>
    public static int Run(int nodes, int seconds, int seed)
    {
        var bytes = seconds * 8000;
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{nodes} nodes, {bytes:N0} bytes of sound, seed {seed}"));
        Console.WriteLine(
            "| chunks lost | bytes a byte of sound, mean | worst node | aim | arrived | doubles a node | asked for, KB a node | 99 % complete after s | all | run in s |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var met = true;
        foreach (var (loss, aim) in Lines)
        {
            var watch = Stopwatch.StartNew();
            var (run, complete) = PrefetchRun.Live(bytes, nodes, loss, seed);
            using var _ = run;
            var sent = run.Nodes.Select(node => (double)node.Sent / bytes).ToList();
            met &= complete.Count == nodes && sent.Average() <= aim;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {loss:P0} | {sent.Average():0.000} | {sent.Max():0.000} | ≤ {aim} | {run.Nodes.Average(node => (double)node.Arrived / bytes):0.000} | {run.Nodes.Average(node => node.Doubles):0.0} "
                + $"| {run.Nodes.Average(node => node.Asked / 1000.0):0.0} | {Statistics.Percentile(complete, 0.99):0} | {(complete.Count == nodes ? complete.Max() : double.NaN):0} | {watch.Elapsed.TotalSeconds:0} |"));
        }

        return met ? 0 : 1;
    }
}
