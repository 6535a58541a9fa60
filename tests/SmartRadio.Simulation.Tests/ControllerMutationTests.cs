using SmartRadio.Simulation.Mutations;

namespace SmartRadio.Simulation.Tests;

public sealed class ControllerMutationTests(ITestOutputHelper output)
{
    public static TheoryData<Mutation> Bugs => [.. MutationList.OfTheController];

    [Theory]
    [MemberData(nameof(Bugs), DisableDiscoveryEnumeration = true)]
    public void Bug_planted_in_the_controller_is_found(Mutation bug) => Found.By(bug, output);
}
