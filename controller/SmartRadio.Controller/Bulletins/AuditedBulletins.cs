using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Entries about bulletins of the areas.</summary>
internal sealed class AuditedBulletins : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Bulletins.Where(bulletin => bulletin.AreaId != null && areas.Contains(bulletin.AreaId.Value))
            .Select(bulletin => "bulletin " + bulletin.Id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
