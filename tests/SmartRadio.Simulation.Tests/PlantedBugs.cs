namespace SmartRadio.Simulation.Tests;

public sealed class A_bug_planted_in_the_node(ITestOutputHelper output)
{
    public static TheoryData<Mutation> Bugs => [.. MutationList.OfTheNode];

    [Theory]
    [MemberData(nameof(Bugs), DisableDiscoveryEnumeration = true)]
    public void Is_found(Mutation bug) => Found.By(bug, output);
}

public sealed class A_bug_planted_in_the_controller(ITestOutputHelper output)
{
    public static TheoryData<Mutation> Bugs => [.. MutationList.OfTheController];

    [Theory]
    [MemberData(nameof(Bugs), DisableDiscoveryEnumeration = true)]
    public void Is_found(Mutation bug) => Found.By(bug, output);
}

internal static class Found
{
    private const int Worlds = 6;
    private const int Days = 2;
    private const int Nodes = 12;

    /// <summary>The mutant breaks an invariant that names its bug, in one of a few worlds.</summary>
    public static void By(Mutation bug, ITestOutputHelper output)
    {
        var mutant = new Mutant(bug);
        var found = Enumerable.Range(1, Worlds).Prepend(bug.World).Distinct().Select(seed => mutant.Live(seed, Days, Nodes)).FirstOrDefault(broken => broken is not null);

        Assert.True(found is not null, $"\"{bug}\" was not noticed.");
        output.WriteLine($"{bug}: {found.Value.Story}");
        Assert.Contains(found.Value.Broken, bug.Caught);
    }
}
