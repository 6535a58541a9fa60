using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Web.Home;

/// <summary>An area of which no node can be reached, with all below it.</summary>
/// <param name="Area">The highest such area.</param>
/// <param name="Nodes">How many nodes it has, at least 2.</param>
/// <param name="Since">When the last of them was heard; null when none ever was.</param>
internal sealed record LostArea(Area Area, int Nodes, DateTimeOffset? Since);

/// <summary>What cannot be reached, told so that people see at once whether a node or a whole commune is lost.</summary>
/// <param name="Areas">Areas that are lost whole.</param>
/// <param name="Nodes">Single nodes elsewhere, the one that was lost last first.</param>
internal sealed record LostNodes(IReadOnlyList<LostArea> Areas, IReadOnlyList<NodeRow> Nodes)
{
    /// <param name="nodes">All nodes in service that the reader sees.</param>
    /// <param name="tree">The areas that the reader sees.</param>
    public static LostNodes Of(IReadOnlyList<NodeRow> nodes, AreaTree tree)
    {
        var all = new Dictionary<long, List<NodeRow>>();
        foreach (var node in nodes)
        {
            foreach (var area in tree.PathOf(node.AreaId))
            {
                (all.TryGetValue(area.Id, out var below) ? below : all[area.Id] = []).Add(node);
            }
        }

        var areas = new List<LostArea>();
        var told = new HashSet<long>();
        foreach (var (area, _) in tree.Walk())
        {
            var isBelowLost = area.ParentId is { } parent && told.Contains(parent);
            if (isBelowLost)
            {
                told.Add(area.Id);
            }
            else if (all.GetValueOrDefault(area.Id) is { Count: > 1 } below && below.TrueForAll(node => !node.Status.Online))
            {
                told.Add(area.Id);
                areas.Add(new LostArea(area, below.Count, below.Max(node => node.Status.LastSeen)));
            }
        }

        return new LostNodes(
            areas,
            [.. nodes.Where(node => !node.Status.Online && !told.Contains(node.AreaId))
                .OrderByDescending(node => node.Status.LastSeen)]);
    }
}
