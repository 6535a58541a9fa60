using SmartRadio.Simulation.Mutations;

namespace SmartRadio.Simulation.Tests;

internal static class Found
{
    private const int Worlds = 6;
    private const int Days = 2;
    private const int Nodes = 12;

    /// <summary>The mutant breaks an invariant that names its bug, in one of a few worlds.</summary>
    public static void By(Mutation bug, ITestOutputHelper output)
    {
        var mutant = new Mutant(bug);
        var found = Enumerable.Range(1, Worlds).Prepend(bug.World).Distinct().Select(seed => mutant.Live(seed, Days, Nodes))
            .FirstOrDefault(broken => broken is not null);

        Assert.True(found is not null, $"\"{bug}\" was not noticed.");
        output.WriteLine($"{bug}: {found.Value.Story}");
        Assert.Contains(found.Value.Broken, bug.Caught);
    }
}
