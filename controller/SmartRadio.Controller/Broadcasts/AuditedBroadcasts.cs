using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Entries about broadcasts that are to be heard in the areas, elsewhere too or not.</summary>
internal sealed class AuditedBroadcasts : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Broadcasts.Where(broadcast => broadcast.Targets.Any(target => areas.Contains(target.AreaId)))
            .Select(broadcast => "broadcast " + broadcast.Id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
