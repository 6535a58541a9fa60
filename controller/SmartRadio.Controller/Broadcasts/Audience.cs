namespace SmartRadio.Controller.Broadcasts;

/// <summary>Who hears: whole areas with all below them, and single nodes.</summary>
public sealed record Audience(IReadOnlyList<long> Areas, IReadOnlyList<string> Nodes)
{
    public bool IsEmpty => Areas.Count == 0 && Nodes.Count == 0;
}
