using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace SmartRadio.Architecture.Tests.Floors;

/// <summary>Law 2 of the house: a room knows only rooms on floors below it.</summary>
public sealed class FloorTests
{
    // The context is one type in many files: each room adds its own tables, so as a type it knows them all.
    private static readonly string[] Exempt = ["SmartRadio.Controller.Storage.RadioDb"];

    private const string Remedy =
        "A room knows only rooms on lower floors; declare an event instead of calling upward (docs/architecture.md, Floor plan). "
        + "A room marked \"on no floor\" is missing in Floors/Houses.cs.";

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader()
        .LoadAssemblies(Product.Node, Product.Controller, Product.Web)
        .Build();

    [Fact]
    public void Node_rooms_know_only_lower_floors() => Ratchet.Holds("node floors", Violations(Houses.Node), Remedy);

    [Fact]
    public void Controller_rooms_know_only_lower_floors() =>
        Ratchet.Holds("controller floors", Violations(Houses.Controller), Remedy);

    [Fact]
    public void Page_rooms_know_only_lower_floors() => Ratchet.Holds("web floors", Violations(Houses.Web), Remedy);

    private static IEnumerable<string> Violations(House house) =>
        from type in Loaded.Types
        where !IsExempt(type)
        let room = house.RoomOf(type.Namespace?.FullName)
        where room is not null
        from target in type.Dependencies.Select(dependency => dependency.Target)
        let other = house.RoomOf(target.Namespace?.FullName)
        where other is not null && other != room && !IsBelow(house, other, room)
        select $"{Named(house, room)} -> {Named(house, other)}";

    private static string Named(House house, string room) => house.FloorOf(room) < 0 ? $"{room} (on no floor)" : room;

    private static bool IsExempt(IType type) =>
        Exempt.Any(name => type.FullName == name || type.FullName.StartsWith(name + "+", StringComparison.Ordinal))
        || type.FullName.Contains(".Migrations.", StringComparison.Ordinal);

    // A part of a room lies within it: "Link.Keys" may be known by "Link" only if its floor is lower.
    private static bool IsBelow(House house, string lower, string upper) =>
        house.FloorOf(lower) >= 0 && house.FloorOf(upper) >= 0 && house.FloorOf(lower) < house.FloorOf(upper);
}
