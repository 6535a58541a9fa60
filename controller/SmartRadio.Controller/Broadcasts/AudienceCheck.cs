using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Refuses an audience before the transaction of the change: while a long list is looked up there, nobody else could write.
/// </summary>
public sealed class AudienceCheck(IDbContextFactory<RadioDb> databases, IOptions<LimitOptions> limits)
{
    /// <exception cref="RefusedException">
    /// <see cref="BroadcastRefusal.AudienceEmpty"/>, <see cref="Refusal.TooManyIds"/>, or it names an area, a node or a group
    /// that does not exist.
    /// </exception>
    public async Task CheckAsync(Audience audience, CancellationToken cancellationToken)
    {
        limits.Value.CheckIds(audience.Nodes, "nodes", audience.Areas.Count + audience.Groups.Count);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await AudienceNodes.CheckAsync(db, audience, cancellationToken);
    }
}
