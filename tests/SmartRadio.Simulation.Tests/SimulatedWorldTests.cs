using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Tests;

/// <summary>Its worlds take every processor themselves.</summary>
[CollectionDefinition(nameof(SimulatedWorldTests), DisableParallelization = true)]
[Collection(nameof(SimulatedWorldTests))]
public sealed class SimulatedWorldTests(ITestOutputHelper output)
{
    /// <summary>Together with the seeds these make 1,000 node-weeks; longer runs are a command.</summary>
    private const int Days = 7;

    private const int Nodes = 500;

    [Fact]
    public void World_holds_every_invariant_whatever_goes_wrong()
    {
        var outcomes = Campaign.Live(
            new SeedRange(1, 2), Days, Nodes, outcome => output.WriteLine(Campaign.Line(outcome, Days, Nodes)));

        Assert.All(outcomes, outcome => Assert.Null(outcome.Violation));
        Assert.All(outcomes, outcome => Assert.True(outcome.Samples > 0 && outcome.Targets > 0 && outcome.Deeds > 0));
    }

    [Fact]
    public void World_is_the_same_again_from_the_same_seed()
    {
        var outcomes = Enumerable.Range(0, 2).Select(_ => SimulatedWorld.Run(seed: 9, days: 1, nodes: 4)).ToList();

        Assert.Equal(outcomes[0], outcomes[1]);
    }

    [Fact]
    public void World_is_another_from_another_seed() =>
        Assert.NotEqual(
            SimulatedWorld.Run(seed: 10, days: 1, nodes: 4).Digest, SimulatedWorld.Run(seed: 11, days: 1, nodes: 4).Digest);
}
