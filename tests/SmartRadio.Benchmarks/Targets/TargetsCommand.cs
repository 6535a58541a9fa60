using System.Diagnostics;
using System.Globalization;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Targets;

/// <summary>
/// What it costs to store a broadcast for many nodes: the controller's own way beside a bare insert of the same rows, in turn, on
/// one database in a file. A broadcast holds up every other change while it is written.
/// </summary>
internal static class TargetsCommand
{
    private const double MostMilliseconds = 100;
    private const double MostTimes = 2;
    private const int WarmUp = 5;

    /// <param name="nodes">Nodes that should play it.</param>
    /// <param name="rounds">Broadcasts of each kind.</param>
    /// <returns>0 when both aims hold.</returns>
    public static async Task<int> RunAsync(int nodes, int rounds)
    {
        await using var store = await TargetsStore.MakeAsync(nodes);
        for (var i = 0; i < WarmUp; i++)
        {
            await RoundAsync(store);
        }

        var times = new List<Round>();
        for (var i = 0; i < rounds; i++)
        {
            times.Add(await RoundAsync(store));
        }

        var ours = Median(times, round => round.Made);
        var bare = Median(times, round => round.Bare);
        var isGood = ours <= MostMilliseconds && ours <= MostTimes * bare;
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{nodes:N0} targets, medians of {rounds} rounds"));
        Console.WriteLine("| what | ms | aim | met |\n|---|---:|---|---|");
        Print("air a bulletin, with rights, audit and plan numbers", Median(times, round => round.Aired));
        Print("store the broadcast and its targets", ours, $"≤ {MostMilliseconds}, ≤ {MostTimes} × bare", isGood);
        Print("bare insert of the same rows", bare);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"targets: {ours:0.0} ms, {ours / bare:0.00} × bare"));
        return isGood ? 0 : 1;
    }

    private static async Task<Round> RoundAsync(TargetsStore store)
    {
        var aired = await TimeAsync(store.AirAsync);
        var made = await TimeAsync(store.MakeAsync);
        var rows = await store.ReadAsync();
        var bare = await TimeAsync(() => store.InsertAsync(rows));
        await store.EndAsync();
        return new(aired, made, bare);
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        // A collection belongs to the work that filled the memory.
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<Round> rounds, Func<Round, double> figure) =>
        Statistics.Percentile(rounds.ConvertAll(each => figure(each)), 0.5);

    private static void Print(string what, double milliseconds, string aim = "", bool? met = null) =>
        Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {milliseconds:0.0} | {aim} | {met switch { null => "", true => "yes", false => "**no**" }} |"));

    private sealed record Round(double Aired, double Made, double Bare);
}
