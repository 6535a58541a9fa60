namespace SmartRadio.Controller.Broadcasts;

/// <summary>Who hears: whole areas with all below them, and single nodes.</summary>
public sealed record Audience(IReadOnlyList<long> Areas, IReadOnlyList<string> Nodes)
{
    public bool IsEmpty => Count == 0;

    /// <summary>How many ids it holds.</summary>
    internal int Count => Areas.Count + Nodes.Count;

    /// <summary>The same audience, each area and node named once.</summary>
    public Audience WithoutRepeats() => new([.. Areas.Distinct()], [.. Nodes.Distinct(StringComparer.Ordinal)]);
}
