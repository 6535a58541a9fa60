using SmartRadio.Simulation.Mutations;

namespace SmartRadio.Simulation.Tests;

public sealed class NodeMutationTests(ITestOutputHelper output)
{
    public static TheoryData<Mutation> Bugs => [.. MutationList.OfTheNode];

    [Theory]
    [MemberData(nameof(Bugs), DisableDiscoveryEnumeration = true)]
    public void Bug_planted_in_the_node_is_found(Mutation bug) => Found.By(bug, output);
}
