using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Finds the nodes an audience means.</summary>
public static class AudienceNodes
{
    /// <summary>The areas that an audience names, and those of the nodes it names, whether in service or not.</summary>
    public static async Task<IReadOnlyList<long>> AreasAsync(RadioDb db, Audience audience, CancellationToken cancellationToken)
    {
        var named = audience.Nodes.ToList();
        var ofNodes = await db.Nodes.Where(node => named.Contains(node.Id)).Select(node => node.AreaId).Distinct()
            .ToListAsync(cancellationToken);
        return [.. audience.Areas.Union(ofNodes)];
    }

    /// <summary>
    /// The areas in which an audience is heard, now or once a node joins: those it names with all below them, and those of the
    /// nodes it names.
    /// </summary>
    /// <param name="tree">All areas.</param>
    /// <param name="audience">Who hears.</param>
    /// <param name="named">As <see cref="AreasAsync"/> finds them.</param>
    public static IReadOnlyCollection<long> Reached(AreaTree tree, Audience audience, IEnumerable<long> named) =>
        [.. tree.WithDescendants(audience.Areas).Union(named)];

    /// <summary>Looks for all that an audience names.</summary>
    /// <exception cref="RefusedException">It is empty, or names an area or node that does not exist.</exception>
    public static async Task CheckAsync(RadioDb db, Audience audience, CancellationToken cancellationToken)
    {
        if (audience.IsEmpty)
        {
            throw new RefusedException(BroadcastRefusal.AudienceEmpty);
        }

        var areas = audience.Areas.Distinct().ToList();
        var known = await db.Areas.Where(area => areas.Contains(area.Id)).Select(area => area.Id).ToListAsync(cancellationToken);
        foreach (var area in areas.Except(known))
        {
            throw new RefusedException(AreaRefusal.UnknownArea, area);
        }

        var named = audience.Nodes.Distinct(StringComparer.Ordinal).ToList();
        var inService = await db.Nodes.Where(node => node.RevokedAt == null && named.Contains(node.Id)).Select(node => node.Id)
            .ToListAsync(cancellationToken);
        foreach (var name in named.Except(inService, StringComparer.Ordinal))
        {
            throw new RefusedException(NodeRefusal.UnknownNode, name);
        }
    }

    /// <exception cref="RefusedException">
    /// The audience is empty, names an area or node that does not exist, or has no nodes.
    /// </exception>
    public static async Task<IReadOnlyList<Node>> ResolveAsync(
        RadioDb db, AreaTree tree, Audience audience, CancellationToken cancellationToken)
    {
        if (audience.IsEmpty)
        {
            throw new RefusedException(BroadcastRefusal.AudienceEmpty);
        }

        foreach (var area in audience.Areas.Where(area => tree.Find(area) is null))
        {
            throw new RefusedException(AreaRefusal.UnknownArea, area);
        }

        var areas = tree.WithDescendants(audience.Areas).ToList();
        var named = audience.Nodes.ToList();
        var nodes = await db.Nodes.AsNoTracking()
            .Where(node => node.RevokedAt == null && (areas.Contains(node.AreaId) || named.Contains(node.Id)))
            .ToListAsync(cancellationToken);
        foreach (var name in named.Except(nodes.Select(node => node.Id), StringComparer.Ordinal))
        {
            throw new RefusedException(NodeRefusal.UnknownNode, name);
        }

        return nodes.Count > 0 ? nodes : throw new RefusedException(BroadcastRefusal.AudienceHasNoNodes);
    }
}
