using System.Globalization;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Snapcast;

/// <summary>How far apart Snapcast's clients play, beside which the nodes' spread is printed.</summary>
internal static class SnapcastPeer
{
    private const int Clients = 20;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <param name="jitter">Most that is added to a message's delay, in ms.</param>
    /// <param name="minutes">How long the group plays whose line has jitter, two or more; the other has nothing to learn after
    /// two.</param>
    public static async Task RunAsync(int jitter, int minutes)
    {
        if (!SnapcastGroup.IsInstalled)
        {
            Console.WriteLine("Snapcast is not here to compare with: apt-get install snapserver snapclient.");
            return;
        }

        Console.WriteLine(
            $"\nSnapcast, {Clients} clients in real time, the last minute of two on loopback, of {minutes} with jitter:\n| line | spread p50 ms | spread p99 ms |\n|---|---:|---:|");
        await MeasureAsync("loopback as it is", null, 2);
        await MeasureAsync($"10 ms and up to {jitter} ms more", jitter, minutes);
    }

    private static async Task MeasureAsync(string line, int? jitter, int minutes)
    {
        await using var group = new SnapcastGroup();
        await group.StartAsync(Clients, jitter);
        await Task.Delay(TimeSpan.FromMinutes(minutes - 1));
        var spread = new List<double>();
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromMinutes(1); waited += Window)
        {
            await Task.Delay(Window);
            spread.AddRange(group.Spread(Window));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {line} | {Statistics.Percentile(spread, 0.5):0.00} | {Statistics.Percentile(spread, 0.99):0.00} |"));
    }
}
