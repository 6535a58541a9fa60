using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Web.Shared;

/// <summary>
/// Says whose something is that is aired beyond the reader's areas: only those who may do so everywhere there may change it.
/// </summary>
internal sealed class Ownership(AreaQuery trees, GroupQuery groups, MyGrants mine)
{
    private Task<(AreaTree Tree, AreaScope Seen)>? _areas;
    private Task<IReadOnlyList<GroupRow>>? _groups;

    /// <returns>Null = the reader's areas alone hear it; empty when no single area says whose it is.</returns>
    public async Task<string?> OfAsync(BroadcastRow row)
    {
        var (_, seen) = await (_areas ??= ReadAsync());
        // A removed group is of no account: what was aired for it is over.
        var isOfOtherGroup = row.State == BroadcastState.Planned && row.Audience.Groups.Count > 0
            && row.Audience.Groups.Except((await (_groups ??= groups.ListAsync(seen, CancellationToken.None)))
                .Select(group => group.Id)).Any();
        return await OfAsync(row.Audience.Areas, row.Nodes.IsPart || isOfOtherGroup);
    }

    /// <returns>Null = the reader's areas alone hear it; empty when no single area says whose it is.</returns>
    public async Task<string?> OfAsync(ScheduleRow row)
    {
        var (_, seen) = await (_areas ??= ReadAsync());
        return await OfAsync(row.Schedule.Audience.Areas, !row.Areas.All(seen.Holds));
    }

    private async Task<string?> OfAsync(IReadOnlyList<long> named, bool reachesFurther)
    {
        var (tree, seen) = await (_areas ??= ReadAsync());
        if (named.All(seen.Holds))
        {
            return reachesFurther ? string.Empty : null;
        }

        // The lowest area that holds all of them.
        var paths = named.Select(tree.PathOf).Where(path => path.Count > 0).ToList();
        var owner = paths.Count == 0 ? null
            : paths[0].LastOrDefault(area => paths.TrueForAll(path => path.Any(each => each.Id == area.Id)));
        return owner is null ? string.Empty : $"{owner.Level} {owner.Name}";
    }

    private async Task<(AreaTree Tree, AreaScope Seen)> ReadAsync() =>
        (await trees.LoadAsync(CancellationToken.None), await mine.SeenAsync(CancellationToken.None));
}
