using SmartRadio.Node.Virtual.Memory;

namespace SmartRadio.Node.Tests.Program;

/// <summary>The table of docs/firmware-memory.md. Alone, because the collector counts the whole process.</summary>
[Collection(nameof(NodeMemoryTests))]
[CollectionDefinition(nameof(NodeMemoryTests), DisableParallelization = true)]
public sealed class NodeMemoryTests(ITestOutputHelper output)
{
    [Fact]
    public void Memory_is_within_its_budget_in_every_state() => Assert.All(MemoryTable.Measure(), row =>
    {
        output.WriteLine($"{row.State}: {row.Live} of {row.Budget} bytes");
        // Far below its budget it would not be in that state.
        Assert.InRange(row.Live, row.Budget / 6, row.Budget);
    });
}
