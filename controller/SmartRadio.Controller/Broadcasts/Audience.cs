namespace SmartRadio.Controller.Broadcasts;

/// <summary>Who hears: whole areas with all below them, single nodes, and groups of nodes.</summary>
public sealed record Audience(IReadOnlyList<long> Areas, IReadOnlyList<string> Nodes)
{
    /// <summary>Groups, whoever is in them when it is aired.</summary>
    public IReadOnlyList<long> Groups { get; init; } = [];

    public bool IsEmpty => Count == 0;

    /// <summary>How many ids it holds.</summary>
    internal int Count => Areas.Count + Nodes.Count + Groups.Count;

    /// <summary>Whether another one names the same, in whichever order.</summary>
    internal bool IsSameAs(Audience other) => Areas.ToHashSet().SetEquals(other.Areas)
        && Nodes.ToHashSet(StringComparer.Ordinal).SetEquals(other.Nodes) && Groups.ToHashSet().SetEquals(other.Groups);

    /// <summary>The same audience, each area, node and group named once.</summary>
    public Audience WithoutRepeats() =>
        new([.. Areas.Distinct()], [.. Nodes.Distinct(StringComparer.Ordinal)]) { Groups = [.. Groups.Distinct()] };
}
