using System.Globalization;
using SmartRadio.Benchmarks.Demo;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Pages;

/// <summary>
/// What the pages of an officer's day cost on a weak line, in a real browser: bytes and time until all is loaded, with an empty
/// cache and with a full one, of a program with many loudspeakers; and what a tab costs that stays open.
/// </summary>
internal static class PagesCommand
{
    private const double MostColdSeconds = 2;
    private const double MostWarmSeconds = 1;
    private const int MostPageBytes = 60_000;
    private const int MostTabBytes = 20_000;

    /// <summary>Says what the line itself takes: a page with one heading and a link.</summary>
    private const string Bare = "/offline";

    private static readonly string[] Day =
    [
        "/", "/bulletins", "/bulletins/new", "/bulletins/1", "/air", "/broadcasts", "/schedules", "/schedules/new", "/calendar",
        "/nodes", "/areas", "/more",
    ];

    /// <param name="nodes">Virtual nodes.</param>
    /// <param name="rounds">Loads of each page; the median counts.</param>
    /// <returns>0 when every aim holds.</returns>
    public static async Task<int> RunAsync(int nodes, int rounds)
    {
        await using var system = await DemoSystem.StartAsync(nodes, withMosquitto: false);
        await system.NodesStartedAsync();
        await using var browser = await WeakLine.OpenAsync(system);
        // Round by round, so that a busy moment of the machine falls on one load of several pages, not on all loads of one.
        var opened = new Dictionary<string, List<Loads>>(StringComparer.Ordinal);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var path in Day.Prepend(Bare))
            {
                opened[path] = [.. opened.GetValueOrDefault(path) ?? [], await browser.LoadAsync(path)];
            }
        }

        var floor = Loads.MedianOf(opened[Bare]);
        var tab = await browser.WatchAsync("/nodes", TimeSpan.FromMinutes(1));

        Console.WriteLine(Machine.Describe());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{nodes:N0} nodes; {WeakLine.KilobitsPerSecond} kbit/s and {WeakLine.LatencyMilliseconds} ms; medians of {rounds}"));
        Console.WriteLine("| page | HTML bytes | sent cold | seconds | × bare | sent warm | seconds | × bare | met |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---|");
        Print("a bare page", floor, floor);
        var isMet = Day.Select(path => Print(path, Loads.MedianOf(opened[path]), floor)).ToList().TrueForAll(met => met);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"an open tab of /nodes: {tab:N0} bytes a minute (aim {MostTabBytes:N0}): {(tab <= MostTabBytes ? "yes" : "**no**")}"));
        return isMet && tab <= MostTabBytes ? 0 : 1;
    }

    private static bool Print(string page, Loads seen, Loads floor)
    {
        var isMet = seen.Cold.Seconds <= MostColdSeconds && seen.Warm.Seconds <= MostWarmSeconds && seen.Html <= MostPageBytes;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {page} | {seen.Html:N0} | {seen.Cold.Bytes:N0} | {seen.Cold.Seconds:0.00} | {seen.Cold.Seconds / floor.Cold.Seconds:0.0} | {seen.Warm.Bytes:N0} | {seen.Warm.Seconds:0.00} | {seen.Warm.Seconds / floor.Warm.Seconds:0.0} | {(isMet ? "yes" : "**no**")} |"));
        return isMet;
    }
}

/// <param name="Bytes">What came over the line, headers too.</param>
/// <param name="Seconds">From the tap until all of the page is loaded and its scripts have run.</param>
internal sealed record Load(double Bytes, double Seconds);

/// <param name="Html">Bytes of the page itself, unpacked.</param>
/// <param name="Cold">With an empty cache.</param>
/// <param name="Warm">Opened again.</param>
internal sealed record Loads(int Html, Load Cold, Load Warm)
{
    public static Loads MedianOf(IReadOnlyList<Loads> rounds) => new(
        rounds[0].Html, MedianOf(rounds.Select(round => round.Cold)), MedianOf(rounds.Select(round => round.Warm)));

    private static Load MedianOf(IEnumerable<Load> loads) => new(
        Statistics.Percentile([.. loads.Select(load => load.Bytes)], 0.5),
        Statistics.Percentile([.. loads.Select(load => load.Seconds)], 0.5));
}
