using SmartRadio.Controller.Releases;

namespace SmartRadio.Controller.Tests.Releases;

/// <summary>The nodes of a rollout, of which there may be twenty thousand.</summary>
public sealed class RolloutListTests
{
    [Fact]
    public async Task Nodes_of_a_rollout_come_part_by_part_and_are_counted_whole()
    {
        await using var bench = await RolloutBench.StartAsync(12);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[5]);
        var releases = bench.Controller.Get<ReleaseQuery>();
        var seen = new List<string>();
        while (true)
        {
            var part = (await releases.FindAsync(
                id, new RolloutNodeFilter(RolloutStep.Waiting, seen.LastOrDefault()), 5, CancellationToken.None))!;
            Assert.Equal((1, 2, 9), (part.Count(1), part.Count(2, RolloutStep.Waiting), part.Count(3)));
            if (part.Nodes.Count == 0)
            {
                break;
            }

            Assert.InRange(part.Nodes.Count, 1, 5);
            seen.AddRange(part.Nodes.Select(node => node.NodeId));
        }

        Assert.Equal((12, bench.Nodes[5].Node.Id), (seen.Distinct(StringComparer.Ordinal).Count(), seen[0]));
        Assert.Equal(12, seen.Count);
    }
}
