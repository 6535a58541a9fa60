using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Groups;

/// <param name="Id">The group that is changed; null = a new one.</param>
/// <param name="AreaId">Whose group a new one is; a group stays in its area.</param>
/// <param name="Name">One line, unlike those of the area's other groups.</param>
/// <param name="Nodes">Ids of its nodes, in the area or below it.</param>
public sealed record SaveGroupRequest(long? Id, long? AreaId, string? Name, IReadOnlyList<string> Nodes)
{
    /// <summary>The mark of the group that the person saw; null = it is changed whatever it is.</summary>
    public string? Seen { get; init; }
}

/// <summary>Names nodes of an area together, or changes the name or the nodes of a group.</summary>
public sealed class SaveGroup(AuditedChanges changes, IOptions<LimitOptions> limits)
{
    /// <exception cref="RefusedException">
    /// The name is not accepted; <see cref="GroupRefusal.UnknownGroup"/>, <see cref="GroupRefusal.GroupNameTaken"/>,
    /// <see cref="GroupRefusal.GroupEmpty"/>, <see cref="GroupRefusal.GroupNodeOutside"/>,
    /// <see cref="GroupRefusal.TooManyGroups"/>, <see cref="GroupRefusal.TooManyGroupsInAll"/>,
    /// <see cref="AreaRefusal.UnknownArea"/>, <see cref="NodeRefusal.UnknownNode"/>, <see cref="Refusal.TooManyIds"/>,
    /// <see cref="Refusal.ChangedMeanwhile"/>.
    /// </exception>
    public Task<NodeGroup> HandleAsync(SaveGroupRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var name = PlainText.Name(request.Name);
        limits.Value.CheckIds(request.Nodes, "nodes");
        List<string> nodes = [.. request.Nodes.Distinct(StringComparer.Ordinal)];
        if (nodes.Count == 0)
        {
            throw new RefusedException(GroupRefusal.GroupEmpty);
        }

        return changes.ApplyAsync(actor, Right.Write, "group.save", async (change, token) =>
        {
            var group = request.Id is { } id ? await FindAsync(change, id, token) : await AddAsync(change, request.AreaId, token);
            if (request.Id is not null)
            {
                ShownMark.Check(request.Seen, group.Mark);
            }

            await CheckNameAsync(change, group, name, token);
            await CheckNodesAsync(change, group.AreaId, nodes, token);
            var old = group.Nodes.ToHashSet(StringComparer.Ordinal);
            (group.Name, group.Nodes) = (name, nodes);
            await change.Db.SaveChangesAsync(token);
            var (added, removed) = (nodes.Where(node => !old.Contains(node)).ToList(), old.Except(nodes).ToList());
            if (request.Id is not null && added.Count + removed.Count > 0)
            {
                change.Happens(new GroupMembersSet(group.Id));
            }

            return change.Report(
                group, $"group {group.Id}", new { group.AreaId, group.Name, Added = added, Removed = removed });
        }, cancellationToken);
    }

    internal static async Task<NodeGroup> FindAsync(Change change, long id, CancellationToken cancellationToken)
    {
        var group = await change.Db.Groups.FindAsync([id], cancellationToken);
        if (group is null or { RemovedAt: not null })
        {
            throw new RefusedException(GroupRefusal.UnknownGroup, id);
        }

        change.At(group.AreaId);
        return group;
    }

    private static async Task CheckNameAsync(Change change, NodeGroup group, string name, CancellationToken cancellationToken)
    {
        if (await change.Db.Groups.AnyAsync(
            other => other.AreaId == group.AreaId && other.Id != group.Id && other.RemovedAt == null && other.Name == name,
            cancellationToken))
        {
            throw new RefusedException(GroupRefusal.GroupNameTaken, name);
        }
    }

    private static async Task CheckNodesAsync(Change change, long area, List<string> ids, CancellationToken cancellationToken)
    {
        var found = await change.Db.Nodes.Where(node => node.RevokedAt == null && ids.Contains(node.Id))
            .Select(node => new { node.Id, node.Name, node.AreaId }).ToListAsync(cancellationToken);
        var within = (await AreaQuery.LoadAsync(change.Db, cancellationToken)).WithDescendants([area]);
        foreach (var unknown in ids.Except(found.Select(node => node.Id), StringComparer.Ordinal))
        {
            throw new RefusedException(NodeRefusal.UnknownNode, unknown);
        }

        foreach (var node in found.Where(node => !within.Contains(node.AreaId)))
        {
            // Its name is told to those alone who may see it.
            throw change.Seen.Holds(node.AreaId)
                ? new RefusedException(GroupRefusal.GroupNodeOutside, node.Name)
                : new RefusedException(NodeRefusal.UnknownNode, node.Id);
        }
    }

    private async Task<NodeGroup> AddAsync(Change change, long? area, CancellationToken cancellationToken)
    {
        change.At(area);
        await change.Db.NeedAreaAsync(area, cancellationToken);
        var home = area ?? throw new RefusedException(Refusal.Malformed, "areaId");
        if (await change.Db.Groups.CountAsync(row => row.AreaId == home && row.RemovedAt == null, cancellationToken)
            >= limits.Value.AreaGroups)
        {
            throw new RefusedException(GroupRefusal.TooManyGroups, limits.Value.AreaGroups);
        }

        if (await change.Db.Groups.CountAsync(cancellationToken) >= limits.Value.Groups)
        {
            throw new RefusedException(GroupRefusal.TooManyGroupsInAll, limits.Value.Groups);
        }

        var group = new NodeGroup { AreaId = home, Name = string.Empty };
        change.Db.Groups.Add(group);
        return group;
    }
}
