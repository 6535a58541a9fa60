using System.Collections.Concurrent;
using System.Globalization;

namespace SmartRadio.Simulation.World;

/// <summary>Seeds from the first to the last, both included.</summary>
public sealed record SeedRange(int First, int Last)
{
    /// <exception cref="FormatException">It is not a number, or two with ".." between.</exception>
    public static SeedRange Parse(string text)
    {
        var ends = text.Split("..");
        var first = int.Parse(ends[0], CultureInfo.InvariantCulture);
        return new SeedRange(first, ends.Length > 1 ? int.Parse(ends[1], CultureInfo.InvariantCulture) : first);
    }
}

/// <summary>Many worlds, as many at a time as there are processors, each on one thread of its own.</summary>
public static class Campaign
{
    /// <returns>0 when every invariant held in every world.</returns>
    public static int Run(SeedRange seeds, int days, int nodes, TextWriter report)
    {
        var since = TimeProvider.System.GetTimestamp();
        var outcomes = Live(seeds, days, nodes, outcome => report.WriteLine(Line(outcome, days, nodes)));
        var failed = outcomes.Count(outcome => outcome.Violation is not null);
        report.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcomes.Sum(outcome => outcome.NodeWeeks):F0} node-weeks in {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s, "
            + $"{outcomes.Sum(outcome => outcome.Samples):N0} samples heard, {failed} of {outcomes.Count} worlds failed"));
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Lives through all of them.</summary>
    public static IReadOnlyList<Outcome> Live(SeedRange seeds, int days, int nodes, Action<Outcome> ended)
    {
        var outcomes = new List<Outcome>();
        var range = Partitioner.Create(
            Enumerable.Range(seeds.First, seeds.Last - seeds.First + 1), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(range, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var outcome = SimulatedWorld.Run(seed, days, nodes);
            lock (outcomes)
            {
                outcomes.Add(outcome);
                ended(outcome);
            }
        });
        return outcomes;
    }

    /// <summary>One world in one line, and below it, when it failed, why and how to see it again.</summary>
    public static string Line(Outcome outcome, int days, int nodes)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"seed {outcome.Seed}: {outcome.NodeWeeks:F1} node-weeks, {outcome.Samples:N0} samples, {outcome.Targets} settled, {outcome.Deeds} attacks, "
            + $"{outcome.Steps:N0} steps, digest {outcome.Digest:x16}");
        return outcome.Violation is null
            ? line
            : $"{line}\n  FAILED {outcome.Violation.Message}\n  again: dotnet run -c Release --project tests/SmartRadio.Simulation -- --seeds {outcome.Seed} --days {days} --nodes {nodes}";
    }
}
