using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>Refuses early what the door would refuse after long work.</summary>
public sealed class RightsCheck(IDbContextFactory<RadioDb> databases, IRights rights)
{
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>.</exception>
    public async Task CheckAsync(Actor actor, Right right, long? area, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!(await rights.OfAsync(db, actor, cancellationToken)).May(right, area))
        {
            throw new RefusedException(Refusal.NotAllowed);
        }
    }
}
