using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Report;

namespace SmartRadio.Benchmarks.Soak;

/// <summary>
/// Clients of every kind come and go for as long as told, while the broker's memory is written down. The broker runs in a process
/// of its own, so nothing of the load is counted.
/// </summary>
internal static class SoakCommand
{
    private const int AtOnce = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <returns>0 when memory stayed flat and clients went on coming and going, otherwise 1.</returns>
    public static async Task<int> RunAsync(TimeSpan duration)
    {
        await using var broker = await BrokerProcess.StartAsync(BrokerKind.SmartRadio);
        using var end = new CancellationTokenSource(duration);
        var tally = new SoakTally();
        var lives = Enumerable.Range(0, AtOnce)
            .Select(seed => SoakLife.RepeatAsync(broker.Port, new Random(seed), tally, end.Token)).ToArray();
        var samples = await WatchAsync(broker, tally, end.Token);
        await Task.WhenAll(lives);
        return Judge(samples);
    }

    private static async Task<List<(double Memory, long Clients)>> WatchAsync(
        BrokerProcess broker, SoakTally tally, CancellationToken end)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(
            "| seconds | broker MiB | clients so far | published | received | broken off |\n|---:|---:|---:|---:|---:|---:|");
        var samples = new List<(double Memory, long Clients)>();
        var start = Stopwatch.GetTimestamp();
        using var ticks = new PeriodicTimer(Interval);
        try
        {
            while (await ticks.WaitForNextTickAsync(end))
            {
                samples.Add((broker.Costs.PrivateBytes / 1024.0 / 1024, tally.Clients));
                Console.WriteLine(
                    $"| {Stopwatch.GetElapsedTime(start).TotalSeconds:0} | {samples[^1].Memory:0.0} | {samples[^1].Clients:N0} | {tally.Published:N0} | {tally.Received:N0} | {tally.BrokenOff:N0} |");
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        return samples;
    }

    /// <summary>
    /// The first third warms up; after it the last third must not need more than a twentieth above the middle one, and must have
    /// seen at least half as many clients: a broker that stands still needs no memory either.
    /// </summary>
    private static int Judge(List<(double Memory, long Clients)> samples)
    {
        if (samples.Count < 6)
        {
            Console.WriteLine("Too short to say anything: at least a minute is needed.");
            return 1;
        }

        var third = samples.Count / 3;
        var middle = samples[third..(2 * third)];
        var last = samples[(2 * third)..];
        var ratio = Median(last) / Median(middle);
        var pace = Clients(last) / (double)last.Count / (Clients(middle) / (double)middle.Count);
        var verdict = ratio > 1.05 ? "it grew" : pace < 0.5 ? "it slowed down" : "flat";
        Console.WriteLine(
            $"\nmiddle third {Median(middle):0.0} MiB, last third {Median(last):0.0} MiB, ratio {ratio:0.00}, pace {pace:0.00}: {verdict}");
        return verdict == "flat" ? 0 : 1;
    }

    private static double Median(List<(double Memory, long Clients)> samples) =>
        samples.Select(s => s.Memory).Order().ElementAt(samples.Count / 2);

    private static long Clients(List<(double Memory, long Clients)> samples) => samples[^1].Clients - samples[0].Clients;
}
