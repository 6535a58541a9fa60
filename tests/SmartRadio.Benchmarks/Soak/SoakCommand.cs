using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Report;

namespace SmartRadio.Benchmarks.Soak;

/// <summary>
/// Clients of every kind come and go for as long as told, while the broker's memory is written down. The broker, with a durable
/// store, runs in a process of its own, so nothing of the load is counted.
/// </summary>
internal static class SoakCommand
{
    private const int AtOnce = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <returns>0 when memory stayed flat, 1 when it grew.</returns>
    public static async Task<int> RunAsync(TimeSpan duration)
    {
        var store = Directory.CreateTempSubdirectory("smartradio-soak");
        try
        {
            await using var broker = await BrokerProcess.StartAsync(BrokerKind.SmartRadio, Path.Combine(store.FullName, "mqtt.db"));
            using var end = new CancellationTokenSource(duration);
            var tally = new SoakTally();
            var lives = Enumerable.Range(0, AtOnce).Select(seed => SoakLife.RepeatAsync(broker.Port, new Random(seed), tally, end.Token)).ToArray();
            var memory = await WatchAsync(broker, tally, end.Token);
            await Task.WhenAll(lives);
            return Judge(memory);
        }
        finally
        {
            store.Delete(recursive: true);
        }
    }

    private static async Task<List<double>> WatchAsync(BrokerProcess broker, SoakTally tally, CancellationToken end)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine("| seconds | broker MiB | clients so far | published | received | broken off |\n|---:|---:|---:|---:|---:|---:|");
        var memory = new List<double>();
        var start = Stopwatch.GetTimestamp();
        using var ticks = new PeriodicTimer(Interval);
        try
        {
            while (await ticks.WaitForNextTickAsync(end))
            {
                memory.Add(broker.Memory / 1024.0 / 1024);
                Console.WriteLine($"| {Stopwatch.GetElapsedTime(start).TotalSeconds:0} | {memory[^1]:0.0} | {tally.Clients:N0} | {tally.Published:N0} | {tally.Received:N0} | {tally.BrokenOff:N0} |");
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        return memory;
    }

    /// <summary>The first third warms up; after it the last third must not need more than a twentieth above the middle one.</summary>
    private static int Judge(List<double> memory)
    {
        if (memory.Count < 6)
        {
            Console.WriteLine("Too short to say anything: at least a minute is needed.");
            return 1;
        }

        var third = memory.Count / 3;
        var middle = Median(memory[third..(2 * third)]);
        var last = Median(memory[(2 * third)..]);
        var flat = last <= middle * 1.05;
        Console.WriteLine($"\nmiddle third {middle:0.0} MiB, last third {last:0.0} MiB, ratio {last / middle:0.00}: {(flat ? "flat" : "it grew")}");
        return flat ? 0 : 1;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
