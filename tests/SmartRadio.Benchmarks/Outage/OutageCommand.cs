using System.Diagnostics;
using System.Globalization;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;
using SmartRadio.Simulation.Network;

namespace SmartRadio.Benchmarks.Outage;

/// <summary>
/// All nodes' lines are cut in the middle of a bulletin. Nothing may be lost, doubled or late, and then the receipts come home.
/// The simulation's witnesses hear every sample: a wrong one ends the run.
/// </summary>
internal static class OutageCommand
{
    /// <param name="nodes">How many.</param>
    /// <param name="minutes">Length of the cut.</param>
    /// <param name="seed">All chance.</param>
    /// <returns>0 when nothing was lost, doubled or late and all receipts came.</returns>
    public static int Run(int nodes, int minutes, int seed)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{nodes} nodes, {minutes} minutes without a line, seed {seed}"));
        Console.WriteLine(
            "| lines | bulletin | lost | doubled | late | started after the plan, ms (p50, p99) |\n|---|---|---:|---:|---:|---:|");
        var good = true;
        foreach (var (name, weather) in new[] { ("calm", Weather.Calm), ("fair", Weather.Fair) })
        {
            var watch = Stopwatch.StartNew();
            using var world = new OutageWorld(nodes, weather, seed);
            world.Live(TimeSpan.FromMinutes(minutes));
            foreach (var (story, id) in world.Broadcasts)
            {
                var count = world.Count(id);
                good &= (count.Lost, count.Doubled, count.Late) == (0, 0, 0);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {story} | {count.Lost} | {count.Doubled} | {count.Late} | {Statistics.Percentile(count.Behind, 0.5):0}, {Statistics.Percentile(count.Behind, 0.99):0} |"));
            }

            good &= world.ReceiptsIn is not null;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: all receipts of what was played without a line were in {world.ReceiptsIn?.TotalSeconds:0.0} s after the lines came back (run in {watch.Elapsed.TotalSeconds:0} s)"));
        }

        return good ? 0 : 1;
    }
}
