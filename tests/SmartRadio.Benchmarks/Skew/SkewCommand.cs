using System.Globalization;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Skew;

/// <summary>
/// How far apart a hundred nodes would start the same broadcast: the node's real clock code in virtual time, crystals up to 50
/// ppm off, and every message delayed by 10 ms and the jitter, each direction and each message by itself.
/// </summary>
internal static class SkewCommand
{
    private const int Nodes = 100;
    private const int Step = 10_000;
    private static readonly int[] Minutes = [1, 2, 5, 10, 30, 60, 120, 240];

    /// <param name="seeds">How many hundreds of nodes.</param>
    /// <param name="jitter">Most that is added to a message's delay, in ms.</param>
    /// <returns>0 when the aims hold: 99 of 100 within 5 ms after five minutes, within 2 ms from an hour on.</returns>
    public static int Run(int seeds, int jitter)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(
            "| minutes after joining | spread p50 ms | spread p99 ms | drift known to ppm (p99) | seconds between exchanges |\n|---:|---:|---:|---:|---:|");
        var rows = Minutes.ToDictionary(
            m => m, _ => (Spread: new List<double>(), Drift: new List<double>(), Pause: new List<double>()));
        for (var seed = 0; seed < seeds; seed++)
        {
            Simulate(new Random(seed), jitter, rows);
        }

        var isGood = true;
        foreach (var (minutes, (spread, drift, pause)) in rows)
        {
            var aim = minutes switch { 5 => 5, >= 60 => 2, _ => double.PositiveInfinity };
            isGood &= Statistics.Percentile(spread, 0.99) <= aim;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {minutes} | {Statistics.Percentile(spread, 0.5):0.00} | {Statistics.Percentile(spread, 0.99):0.00} | {Statistics.Percentile(drift, 0.99):0.0} | {pause.Average():0.0} |"));
        }

        return isGood ? 0 : 1;
    }

    private static void Simulate(
        Random chance, int jitter, Dictionary<int, (List<double> Spread, List<double> Drift, List<double> Pause)> rows)
    {
        var nodes = Enumerable.Range(0, Nodes).Select(_ => new SkewNode(chance, 1000 * jitter)).ToList();
        for (long now = 0; now <= Minutes[^1] * 60_000_000L; now += Step)
        {
            nodes.ForEach(node => node.Run(now));
            if (now % 60_000_000 == 0 && rows.TryGetValue((int)(now / 60_000_000), out var row))
            {
                var starts = nodes.ConvertAll(node => node.StartError(now));
                var middle = Statistics.Percentile([.. starts], 0.5);
                row.Spread.AddRange(starts.Select(start => Math.Abs(start - middle) / 1000));
                row.Drift.AddRange(nodes.Select(node => Math.Abs(node.DriftError)));
                row.Pause.AddRange(nodes.Select(node => now / 1e6 / node.Exchanges));
            }
        }
    }
}
