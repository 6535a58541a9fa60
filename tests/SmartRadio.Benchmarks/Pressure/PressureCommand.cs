using System.Globalization;
using SmartRadio.Benchmarks.Demo;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Pressure;

/// <summary>
/// What stop and an emergency take while pages, a locked database and a slow disk press on the program: the same rounds in quiet
/// and under each of them, in one run of <c>./run --demo N</c>.
/// </summary>
internal static class PressureCommand
{
    private const double MostSilentMilliseconds = 300;
    private const double MostAnswerMilliseconds = 1000;
    private const double MostTimes = 2;

    /// <param name="nodes">Virtual nodes.</param>
    /// <param name="streams">Event streams that one session tries to hold.</param>
    /// <param name="pages">Clients of that session that open one page after another.</param>
    /// <param name="rounds">Emergencies that are aired and stopped, of each kind.</param>
    /// <returns>0 when every aim holds.</returns>
    public static async Task<int> RunAsync(int nodes, int streams, int pages, int rounds)
    {
        using var disk = await SlowDisk.BuildAsync();
        // All clients come from this machine; the bound of one address would keep the pressure off.
        var environment = new Dictionary<string, string>(disk.Environment, StringComparer.Ordinal)
        {
            ["SmartRadio__Limits__AddressPageConnections"] = "1000000",
        };
        await using var system = await DemoSystem.StartAsync(nodes, withMosquitto: false, environment);
        await system.NodesStartedAsync();
        using var api = new DemoApi(system.Address, (await File.ReadAllTextAsync(system.KeyFile)).Trim());
        var run = new PressureRun(system, api, nodes);
        await run.BeginAsync();

        var quiet = await run.RoundsAsync("quiet", rounds);
        Figures pressed;
        await using (var clients = await PressureClients.StartAsync(system, streams, pages))
        {
            pressed = await run.RoundsAsync("pages", rounds, PressureClients.TriedAgainAsync);
            Console.Error.WriteLine(clients.Describe());
        }

        var locked = await run.LockedRoundsAsync("locked database", rounds);
        disk.IsSlow = true;
        var slow = await run.RoundsAsync("2 s a flush", rounds);
        disk.IsSlow = false;

        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"{nodes:N0} nodes, {streams:N0} event streams attempted, {pages} page clients, medians and worst of {rounds}");
        Console.WriteLine("| under | stop: silent ms | worst | answered ms | worst | emergency: heard ms | worst | met |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---|");
        // Nobody can write down an emergency while the database is locked.
        return new[]
        {
            Print("nothing", quiet, quiet), Print("pages", pressed, quiet), Print("a locked database", locked, null),
            Print("2 s a flush", slow, quiet),
            // Its books are on the disk before an emergency is sent.
            slow.Heard.TrueForAll(heard => heard >= SlowDisk.Flush.TotalMilliseconds),
        }.All(isMet => isMet) ? 0 : 1;
    }

    private static bool Print(string under, Figures seen, Figures? quiet)
    {
        var isMet = Worst(seen.Silent) <= MostSilentMilliseconds && Worst(seen.Answered) <= MostAnswerMilliseconds
            && (quiet is null || Worst(seen.Heard) <= MostTimes * Worst(quiet.Heard));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {under} | {Two(seen.Silent)} | {Two(seen.Answered)} | {Two(seen.Heard)} | {(isMet ? "yes" : "**no**")} |"));
        return isMet;
    }

    private static string Two(List<double> values) => values.Count == 0 ? " | " : string.Create(
        CultureInfo.InvariantCulture, $"{Statistics.Percentile(values, 0.5):0} | {Worst(values):0}");

    private static double Worst(List<double> values) => Statistics.Percentile(values, 1);
}

/// <summary>Milliseconds, one a round.</summary>
/// <param name="Silent">From the press to the last sample of the last node, by its receipt.</param>
/// <param name="Answered">From the press to the answer.</param>
/// <param name="Heard">From the order of an emergency to the first sample of the last node.</param>
internal sealed record Figures(List<double> Silent, List<double> Answered, List<double> Heard);
