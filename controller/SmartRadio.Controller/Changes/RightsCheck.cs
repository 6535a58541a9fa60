using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>Refuses early what the door would refuse after long work.</summary>
public sealed class RightsCheck(IDbContextFactory<RadioDb> databases, IRights rights)
{
    /// <returns>All that the actor may do.</returns>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>.</exception>
    public async Task<Grants> CheckAsync(Actor actor, Right right, long? area, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var grants = await rights.OfAsync(db, actor, cancellationToken);
        return grants.May(right, area) ? grants : throw new RefusedException(Refusal.NotAllowed);
    }
}
