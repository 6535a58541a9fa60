using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Groups;

/// <summary>Removes a group for which nothing is to be aired any more.</summary>
public sealed class RemoveGroup(AuditedChanges changes, IEnumerable<IUseGroups> uses, TimeProvider time)
{
    /// <summary>What a sentence names; more are as many of one kind.</summary>
    private const int Named = 5;

    /// <exception cref="RefusedException">
    /// <see cref="GroupRefusal.UnknownGroup"/>, <see cref="GroupRefusal.GroupInUse"/>.
    /// </exception>
    public Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Write, "group.remove", async (change, token) =>
        {
            var group = await SaveGroup.FindAsync(change, id, token);
            var titles = new List<string>();
            foreach (var use in uses)
            {
                titles.AddRange(await use.TitlesAsync(change.Db, id, token));
            }

            if (titles.Count > 0)
            {
                var named = titles.Distinct(StringComparer.Ordinal).ToList();
                throw new RefusedException(
                    GroupRefusal.GroupInUse, string.Join("; ", named.Take(Named)) + (named.Count > Named ? "; …" : string.Empty));
            }

            group.RemovedAt = time.GetUtcNow();
            return change.Report(group, $"group {id}", new { group.AreaId, group.Name, group.Nodes });
        }, cancellationToken);
}
