using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Finds the nodes an audience means.</summary>
public static class AudienceNodes
{
    /// <summary>
    /// The areas that an audience names, those of its groups, and those of the nodes it names or has in groups, whether in
    /// service or not.
    /// </summary>
    public static async Task<IReadOnlyList<long>> AreasAsync(RadioDb db, Audience audience, CancellationToken cancellationToken)
    {
        var groups = await GroupsAsync(db, audience, cancellationToken);
        var named = audience.Nodes.Union(groups.SelectMany(group => group.Nodes), StringComparer.Ordinal).ToList();
        var ofNodes = await db.Nodes.Where(node => named.Contains(node.Id)).Select(node => node.AreaId).Distinct()
            .ToListAsync(cancellationToken);
        return [.. audience.Areas.Union(groups.Select(group => group.AreaId)).Union(ofNodes)];
    }

    /// <summary>The nodes that an audience names, or has in groups, whether in service or not.</summary>
    public static async Task<IReadOnlyList<string>> NamedAsync(
        RadioDb db, Audience audience, CancellationToken cancellationToken) =>
        [.. audience.Nodes.Union(
            (await GroupsAsync(db, audience, cancellationToken)).SelectMany(group => group.Nodes), StringComparer.Ordinal)];

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
    /// <exception cref="RefusedException">It is empty, or names an area, node or group that does not exist.</exception>
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

        CheckGroups(audience, await GroupsAsync(db, audience, cancellationToken));
    }

    /// <exception cref="RefusedException">
    /// The audience is empty, names an area, node or group that does not exist, or has no nodes.
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

        var groups = await GroupsAsync(db, audience, cancellationToken);
        CheckGroups(audience, groups);
        var areas = tree.WithDescendants(audience.Areas).ToList();
        var named = audience.Nodes.Union(groups.SelectMany(group => group.Nodes), StringComparer.Ordinal).ToList();
        var nodes = await db.Nodes.AsNoTracking()
            .Where(node => node.RevokedAt == null && (areas.Contains(node.AreaId) || named.Contains(node.Id)))
            .ToListAsync(cancellationToken);
        foreach (var name in audience.Nodes.Except(nodes.Select(node => node.Id), StringComparer.Ordinal))
        {
            throw new RefusedException(NodeRefusal.UnknownNode, name);
        }

        return nodes.Count > 0 ? nodes : throw new RefusedException(BroadcastRefusal.AudienceHasNoNodes);
    }

    private static async Task<IReadOnlyList<NodeGroup>> GroupsAsync(
        RadioDb db, Audience audience, CancellationToken cancellationToken)
    {
        var ids = audience.Groups.ToList();
        return ids.Count == 0 ? []
            : await db.Groups.AsNoTracking().Where(group => ids.Contains(group.Id)).ToListAsync(cancellationToken);
    }

    private static void CheckGroups(Audience audience, IReadOnlyList<NodeGroup> groups)
    {
        var known = groups.Where(group => group.RemovedAt is null).Select(group => group.Id);
        foreach (var unknown in audience.Groups.Except(known))
        {
            throw new RefusedException(GroupRefusal.UnknownGroup, unknown);
        }
    }
}
