using System.Reflection;
using System.Runtime.CompilerServices;

namespace SmartRadio.Architecture.Tests.Types;

/// <summary>What STYLE asks of types: few constructor parameters, and names that differ by more than a plural.</summary>
public sealed class TypeTests
{
    private const int MostParameters = 8;

    private static readonly IReadOnlyList<Type> Types =
    [
        .. Product.All.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("SmartRadio", StringComparison.Ordinal) == true)
            .Where(type =>
                !type.Name.Contains('<', StringComparison.Ordinal) && !type.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Where(type => type.Namespace?.EndsWith(".Migrations", StringComparison.Ordinal) != true),
    ];

    [Fact]
    public void A_constructor_has_at_most_eight_parameters() => Ratchet.Holds(
        "constructor parameters",
        from type in Types
        let most = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(each => each.GetParameters().Length)
        where most.DefaultIfEmpty(0).Max() > MostParameters
        select $"{type.FullName} {most.Max()}");

    [Fact]
    public void No_two_types_differ_by_a_plural()
    {
        var names = Types.Where(type => !type.IsNested).Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        Ratchet.Holds("plurals", names.Where(name => names.Contains(name + "s")).Select(name => $"{name}, {name}s"));
    }
}
