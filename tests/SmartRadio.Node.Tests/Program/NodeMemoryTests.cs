using SmartRadio.Node.Virtual.Memory;

namespace SmartRadio.Node.Tests.Program;

/// <summary>The table of docs/firmware-memory.md.</summary>
public sealed class NodeMemoryTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-memory-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Memory_is_within_its_budget_in_every_state()
    {
        await using var program = NodeProgram.Start(_folder, "memory");

        var (code, problems) = await program.EndAsync();

        output.WriteLine(string.Join('\n', program.Said));
        Assert.Equal("", problems);
        // The heading, six states and the largest message.
        Assert.Equal(8, program.Said.Count(line => line.StartsWith("| ", StringComparison.Ordinal)));
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void State_with_too_little_memory_was_not_reached(long live, bool isWithin) =>
        Assert.Equal(isWithin, new MemoryRow("", live, live, "", 600).IsWithinBudget);
}
