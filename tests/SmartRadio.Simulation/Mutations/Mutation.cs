using SmartRadio.Simulation.Invariants;

namespace SmartRadio.Simulation.Mutations;

/// <summary>A bug planted by changing one place of one source file.</summary>
/// <param name="Name">What the program then does wrong.</param>
/// <param name="File">The source, from the repository's root.</param>
/// <param name="Right">What stands there, once; a bug of two places has both here, with <see cref="And"/> between.</param>
/// <param name="Wrong">What is put in its place, in the same way.</param>
/// <param name="Caught">The invariants of which one must break.</param>
public sealed record Mutation(string Name, string File, string Right, string Wrong, params Invariant[] Caught)
{
    /// <summary>Parts the places of a bug that needs several.</summary>
    public const string And = " ... ";

    /// <summary>Seed of a world in which it soon shows: looked into first, which saves time and nothing else.</summary>
    public int World { get; init; } = 1;

    public override string ToString() => Name;
}
