using System.Reflection;
using System.Runtime.Loader;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Mutations;

/// <summary>A mutated program beside the real one in the same process, with a simulation of its own around it.</summary>
public sealed class Mutant : AssemblyLoadContext
{
    /// <summary>
    /// What refers to a project and so must be there anew beside it; all else, and what is compiled of it by now, serves all
    /// mutants.
    /// </summary>
    private static readonly Dictionary<string, string[]> Above = new(StringComparer.Ordinal)
    {
        ["SmartRadio.Protocol"] = ["SmartRadio.Node", "SmartRadio.Controller", "SmartRadio.Simulation"],
        ["SmartRadio.Node"] = ["SmartRadio.Simulation"],
        ["SmartRadio.Controller"] = ["SmartRadio.Simulation"],
    };

    private readonly string _mutated;
    private readonly byte[] _image;
    private readonly MethodInfo _live;

    public Mutant(Mutation mutation)
        : base(mutation.Name)
    {
        (_mutated, _image) = MutantBuild.Compile(mutation);
        _live = LoadFromAssemblyName(typeof(Mutant).Assembly.GetName())
            .GetType(typeof(Mutant).FullName!)!.GetMethod(nameof(LiveHere))!;
    }

    /// <summary>Lets it live through one world.</summary>
    /// <returns>The invariant it broke and how, or null when it was not noticed.</returns>
    public (Invariant Broken, string Story)? Live(int seed, int days, int nodes) =>
        _live.Invoke(null, [seed, days, nodes]) is string[] found ? (Enum.Parse<Invariant>(found[0]), found[1]) : null;

    /// <summary>Runs in the mutant's own context; only types of the platform cross the border.</summary>
    public static string[]? LiveHere(int seed, int days, int nodes) =>
        SimulatedWorld.Run(seed, days, nodes).Violation is { } violation
            ? [violation.Invariant.ToString(), violation.Message]
            : null;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == _mutated)
        {
            return LoadFromStream(new MemoryStream(_image));
        }

        return Above[_mutated].Contains(assemblyName.Name, StringComparer.Ordinal)
            ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll"))
            : null;
    }
}
