using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Web.Home;

/// <summary>An area of which no node can be reached, with all below it.</summary>
/// <param name="Area">The highest such area.</param>
/// <param name="Nodes">How many nodes it has; one alone stands for an area that is no single hamlet.</param>
/// <param name="Since">When the last of them was heard; null when none ever was.</param>
internal sealed record LostArea(Area Area, int Nodes, DateTimeOffset? Since);

/// <summary>What cannot be reached, told so that people see at once whether a node or a whole commune is lost.</summary>
/// <param name="Areas">Areas that are lost whole.</param>
/// <param name="Nodes">Single nodes elsewhere, the one that was lost last first; so many as each area tells by name.</param>
/// <param name="Single">How many single nodes there are.</param>
internal sealed record LostNodes(IReadOnlyList<LostArea> Areas, IReadOnlyList<OfflineNode> Nodes, int Single)
{
    /// <param name="reach">The nodes in service that the reader sees, area by area.</param>
    /// <param name="tree">The areas that the reader sees.</param>
    public static LostNodes Of(IReadOnlyCollection<AreaReach> reach, AreaTree tree)
    {
        var all = new Dictionary<long, (int Nodes, int Offline, DateTimeOffset? LastSeen)>();
        foreach (var own in reach)
        {
            foreach (var area in tree.PathOf(own.AreaId))
            {
                var below = all.GetValueOrDefault(area.Id);
                var lastSeen = below.LastSeen is null || own.LastSeen > below.LastSeen ? own.LastSeen : below.LastSeen;
                all[area.Id] = (below.Nodes + own.Nodes, below.Offline + own.Offline, lastSeen);
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
            else if (all.GetValueOrDefault(area.Id) is { Nodes: > 0 } below && below.Offline == below.Nodes
                && (below.Nodes > 1 || IsAboveHamlets(area, tree)))
            {
                told.Add(area.Id);
                areas.Add(new LostArea(area, below.Nodes, below.LastSeen));
            }
        }

        var elsewhere = reach.Where(own => !told.Contains(own.AreaId)).ToList();
        return new LostNodes(
            areas, [.. AreaReach.InOrder(elsewhere.SelectMany(own => own.LastOffline))], elsewhere.Sum(own => own.Offline));
    }

    /// <summary>It holds other areas, or it is all that the reader sees. A level is only a name and does not say it.</summary>
    private static bool IsAboveHamlets(Area area, AreaTree tree) =>
        tree.Children(area.Id).Any() || area.ParentId is not { } parent || tree.Find(parent) is null;
}
